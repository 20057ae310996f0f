using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Receiving;

/// <summary>Where the precise reason of a refusal stays: the local log. The host writes it; tests collect it.</summary>
public interface IRefusalLog
{
    /// <summary>Notes that something was refused.</summary>
    /// <param name="code">Which rule said no.</param>
    /// <param name="detail">Sizes, positions, inner codes; never content. Null for nothing more.</param>
    void Refused(RefusalCode code, string? detail);
}
