using CbssReturn.Sealing;

namespace CbssReturn.Node.Configuration;

/// <summary>A configuration that has been checked, with every path made absolute.</summary>
/// <param name="File">Absolute path of the configuration file.</param>
/// <param name="Options">What it says.</param>
/// <param name="NodeId">Who this node is.</param>
internal sealed record NodeConfiguration(string File, NodeOptions Options, NodeId NodeId)
{
    /// <summary>Folder to which the paths of the configuration are relative.</summary>
    public string Folder { get; } = Path.GetDirectoryName(File) ?? "/";

    /// <summary>Absolute path of the keystore.</summary>
    public string KeystorePath => Absolute(Options.Keystore.File);

    /// <summary>Absolute path of the passphrase.</summary>
    public string PassphrasePath => Absolute(Options.Keystore.PassphraseFile);

    /// <summary>Absolute path of the database.</summary>
    public string StorePath => Absolute(Options.Store.File);

    /// <summary>Absolute path of the TLS certificate.</summary>
    public string CertificatePath => Absolute(Options.Tls.CertificateFile);

    /// <summary>Absolute path of the TLS key.</summary>
    public string CertificateKeyPath => Absolute(Options.Tls.KeyFile);

    /// <summary>Absolute path of the authorities' certificates; null when none are configured.</summary>
    public string? AuthorityPath => Options.Tls.AuthorityFile is { } file ? Absolute(file) : null;

    /// <summary>Absolute path of the directory.</summary>
    public string DirectoryPath => Absolute(Options.Directory.File);

    /// <summary>Absolute path of the directory root's public key.</summary>
    public string DirectoryRootPath => Absolute(Options.Directory.RootFile);

    /// <summary>Absolute path of the desk socket.</summary>
    public string DeskSocketPath => Absolute(Options.Desk.Socket);

    /// <summary>Absolute path of the static form of the audit log.</summary>
    public string ExportPath => Absolute(Options.Audit.ExportFolder);

    /// <summary>Name of this node's log.</summary>
    public string LogOrigin => Options.Audit.OriginOf(Options.Country, NodeId);

    /// <summary>Name under which this node cosigns other logs.</summary>
    public string WitnessName => Options.Audit.WitnessNameOf(Options.Country, NodeId);

    private string Absolute(string path) => Path.GetFullPath(path, Folder);
}
