using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Sealing;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>What a caseworker asks to draft.</summary>
public sealed record ReferralDraft
{
    /// <summary>The case; null for an enquiry without one.</summary>
    public RowId? CaseId { get; init; }

    /// <summary>The recipient.</summary>
    public required NodeId Recipient { get; init; }

    /// <summary>Enquiry or referral; movement details follow after acceptance.</summary>
    public required DisclosureStage Stage { get; init; }

    /// <summary>How soon an answer is needed.</summary>
    public required Priority Priority { get; init; }

    /// <summary>Country the person leaves; null when not told.</summary>
    public CountryCode? FromCountry { get; init; }

    /// <summary>Country the person returns to; null when not told.</summary>
    public CountryCode? ToCountry { get; init; }

    /// <summary>The question; with an enquiry only, and then required.</summary>
    public Enquiry? Enquiry { get; init; }

    /// <summary>New or newer sections with the bytes they came in; saved in the case, whoever may see them.</summary>
    public IReadOnlyList<RecordedSection> Sections { get; init; } = [];

    /// <summary>What to send; empty for everything that is granted.</summary>
    public IReadOnlyList<SectionChoice> Choices { get; init; } = [];
}
