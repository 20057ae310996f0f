using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>The keystore: identity key and key-encryption keys, sealed under a passphrase.</summary>
internal sealed class KeystoreOptions
{
    /// <summary>Path of the keystore. Default <c>keystore</c>.</summary>
    [Required]
    public string File { get; init; } = "keystore";

    /// <summary>Path of a file with the passphrase, mode 0600 or a credential of the service manager. One line break at
    /// its end does not count. Default <c>passphrase</c>.</summary>
    [Required]
    public string PassphraseFile { get; init; } = "passphrase";
}
