using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Documents;

/// <summary>One step towards a paper.</summary>
public sealed record DocumentStep : Confidential
{
    /// <summary>Rule of <see cref="What"/>.</summary>
    public static readonly TextRule WhatText = new(SensitivityClass.Personal, 200);

    /// <summary>What is to be done.</summary>
    public required FreeText What { get; init; }

    /// <summary>Who does it; null when open.</summary>
    public StaffAlias? WhoAlias { get; init; }

    /// <summary>By when; null for no date.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Whether it is done.</summary>
    public bool IsDone { get; init; }

    /// <summary>Which way it belongs to; unspecified for none.</summary>
    public DocumentRoute Route { get; init; }
}
