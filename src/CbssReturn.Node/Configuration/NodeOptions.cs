using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>The configuration of a node: <c>node.json</c>. Paths are relative to the folder of that file. Secrets stand
/// in files of their own and never here.</summary>
internal sealed class NodeOptions
{
    /// <summary>Who this node is: 32 lower-case hex digits, as in the directory.</summary>
    [Required]
    [RegularExpression("^[0-9a-f]{32}$", ErrorMessage = "must be 32 lower-case hex digits")]
    public string NodeId { get; init; } = string.Empty;

    /// <summary>Where it is: ISO 3166-1 alpha-2, upper case.</summary>
    [Required]
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "must be two upper-case letters")]
    public string Country { get; init; } = string.Empty;

    /// <summary>The keystore.</summary>
    [Required]
    public KeystoreOptions Keystore { get; init; } = new();

    /// <summary>The database.</summary>
    [Required]
    public StoreOptions Store { get; init; } = new();

    /// <summary>Where other nodes call.</summary>
    [Required]
    public ListenOptions Listen { get; init; } = new();

    /// <summary>The TLS certificate.</summary>
    [Required]
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The list of nodes.</summary>
    [Required]
    public DirectoryOptions Directory { get; init; } = new();

    /// <summary>Where this node's own people call.</summary>
    [Required]
    public DeskOptions Desk { get; init; } = new();

    /// <summary>What one peer may use.</summary>
    [Required]
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Sending.</summary>
    [Required]
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>The audit log.</summary>
    [Required]
    public AuditOptions Audit { get; init; } = new();

    /// <summary>Logging.</summary>
    [Required]
    public LogOptions Log { get; init; } = new();
}
