using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Identity;

/// <summary>One nationality.</summary>
public sealed record Nationality : Confidential
{
    /// <summary>Country; null with <see cref="NationalityState.Stateless"/> only.</summary>
    public CountryCode? Country { get; init; }

    /// <summary>How sure it is.</summary>
    public NationalityState State { get; init; }
}
