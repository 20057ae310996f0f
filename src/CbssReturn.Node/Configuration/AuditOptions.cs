using System.ComponentModel.DataAnnotations;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Configuration;

/// <summary>The audit log (docs/spec/audit-log.md).</summary>
internal sealed class AuditOptions
{
    /// <summary>Domain of the deployment, the same for all its nodes: part of the names of logs and witnesses. It need
    /// not resolve.</summary>
    [RegularExpression(
        "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
        ErrorMessage = "must be a lower-case domain")]
    [StringLength(100)]
    public string Domain { get; init; } = "cbssreturn.internal";

    /// <summary>Counts the logs of this node: one more after a log that could not be gone on with.</summary>
    [Range(1, 1_000_000)]
    public int Generation { get; init; } = 1;

    /// <summary>Whether the node cosigns other nodes' logs: focal points do.</summary>
    public bool Witness { get; init; }

    /// <summary>Time between two checkpoints, milliseconds; whole seconds.</summary>
    [Range(1_000, 3_600_000)]
    public int IntervalMs { get; init; } = 60_000;

    /// <summary>How long an auditor or a witness may take to answer, milliseconds.</summary>
    [Range(100, 60_000)]
    public int PushMs { get; init; } = 10_000;

    /// <summary>Folder of the static form of the log, that any tlog-tiles tool reads.</summary>
    [Required]
    public string ExportFolder { get; init; } = "export";

    /// <summary>Days for which details of entries are kept; then each is erased, and the log says so. Ten years unless
    /// told otherwise: what is erased too early is gone.</summary>
    [Range(30, 36_500)]
    public int DetailDays { get; init; } = 3_650;

    /// <summary>Name of this node's log: its origin.</summary>
    public string OriginOf(string country, NodeId node) => FormattableString.Invariant(
        $"log.{Domain}/{country.ToLowerInvariant()}/{node}/{Generation}");

    /// <summary>Name under which this node cosigns.</summary>
    public string WitnessNameOf(string country, NodeId node) => FormattableString.Invariant(
        $"witness.{Domain}/{country.ToLowerInvariant()}/{node}");
}
