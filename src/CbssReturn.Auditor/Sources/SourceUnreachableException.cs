using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Sources;

/// <summary>A source of a log does not answer. An exception, because <see cref="AuditLog.ITileSource"/> has no place
/// for it: there, null says that a source answered and has no such file.</summary>
internal sealed class SourceUnreachableException : IOException
{
    /// <summary>Says why.</summary>
    /// <param name="refusal">Why, with a code of other nodes or of files.</param>
    public SourceUnreachableException(Refusal refusal)
        : base(refusal.ToString()) => Refusal = refusal;

    /// <summary>Why.</summary>
    public Refusal Refusal { get; }
}
