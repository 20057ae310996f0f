using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Movement;

/// <summary>One step when the person is not seen.</summary>
public sealed record NoShowStep : Confidential
{
    /// <summary>Rule of <see cref="What"/>.</summary>
    public static readonly TextRule WhatText = new(SensitivityClass.LifeSafety, 200);

    /// <summary>Latest step, in minutes.</summary>
    public const uint AfterMinutesMax = 1440;

    /// <summary>Minutes after the window and its grace.</summary>
    public uint AfterMinutes { get; init; }

    /// <summary>Who.</summary>
    public required StaffAlias WhoAlias { get; init; }

    /// <summary>What.</summary>
    public required FreeText What { get; init; }

    /// <summary>The person's answer whether the police may be called in this step.</summary>
    public YesNo MayCallPolice { get; init; }

    /// <summary>Whether the police may be called: only when the person said yes.</summary>
    public bool IsPoliceAllowed => MayCallPolice == YesNo.Yes;
}
