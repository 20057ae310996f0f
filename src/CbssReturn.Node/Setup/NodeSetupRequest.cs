using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;

namespace CbssReturn.Node.Setup;

/// <summary>What a new node is to be.</summary>
internal sealed record NodeSetupRequest
{
    /// <summary>Its folder; made with mode 0700 when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>What it is.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Where other nodes call it.</summary>
    public required PeerEndpoint Endpoint { get; init; }

    /// <summary>Address of the interface that it listens on.</summary>
    public required string ListenAddress { get; init; }

    /// <summary>Domain of the deployment, part of the names of logs; null for the default.</summary>
    public string? LogDomain { get; init; }

    /// <summary>Folder of the authority that signs its certificate; null for its own key.</summary>
    public string? AuthorityFolder { get; init; }

    /// <summary>File with the passphrase of its keystore, outside its folder; null to draw one into its folder, to try
    /// things out: whoever takes the folder then has all that is in it.</summary>
    public string? PassphraseFile { get; init; }

    /// <summary>The directory root's public key, to be copied; null when it comes later.</summary>
    public string? DirectoryRootFile { get; init; }

    /// <summary>Path of the directory; null for one in its folder.</summary>
    public string? DirectoryFile { get; init; }
}
