using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Consent;

/// <summary>Default deny, at the origin and at the recipient (docs/spec/casework.md, rules 2.1 and 2.14).</summary>
public sealed class ConsentDecisionTests
{
    private static readonly RecipientId[] Recipients = [Samples.ShelterA, Samples.ShelterB, Samples.Self];

    private static readonly Gen<(Category Category, Purpose Purpose)> Scopes =
        (from category in Gen.Int[1, 17]
         from purpose in Gen.Int[1, 15]
         select ((Category)category, (Purpose)purpose)).Where(scope => GrantRules.Fits(scope.Item1, scope.Item2));

    private static readonly Gen<GrantTerms> Grants =
        from scope in Scopes
        from recipient in Gen.Int[0, 1]
        from fromHours in Gen.Int[0, 200]
        from lifeHours in Gen.Int[1, 400]
        select new GrantTerms
        {
            Category = scope.Category,
            Purpose = scope.Purpose,
            Recipient = Recipients[recipient],
            ValidFrom = Samples.Consent().GivenAt.AddHours(fromHours),
            ExpiresAt = Samples.Consent().GivenAt.AddHours(fromHours + lifeHours),
        };

    private static readonly Gen<ConsentRecord> Records =
        from grants in Grants.List[1, 12]
        select Expect.Value(ConsentRecord.Create(
            Samples.Consent([.. grants.DistinctBy(grant => (grant.Category, grant.Recipient, grant.Purpose))]) with
            {
                Permissions = new Permissions { PoliceSharing = PermissionAnswer.Yes },
            },
            Samples.Now));

    [Fact]
    public void Decide_AnyQuestion_AllowedExactlyByAGrant()
    {
        var question =
            from record in Records
            from pick in Gen.Int[0, 11]
            from scope in Scopes
            from recipient in Gen.Int[0, 2]
            from hours in Gen.Int[-10, 700]
            from isAboutAGrant in Gen.Bool
            let now = Samples.Consent().GivenAt.AddHours(hours)
            select (record, pick, scope, Recipients[recipient], now, isAboutAGrant);

        question.Sample(sample =>
        {
            var (record, pick, scope, recipient, now, isAboutAGrant) = sample;
            var near = record.Grants[pick % record.Grants.Count];
            var (category, purpose) = isAboutAGrant ? (near.Category, near.Purpose) : scope;

            var result = record.Decide(category, recipient, purpose, now);

            // Asked the long way round: is there a grant at all, and does one hold now?
            var granted = record.Grants.Where(grant => grant.Recipient.Equals(recipient))
                .Where(grant => grant.Category == category)
                .Where(grant => grant.Purpose == purpose)
                .ToList();
            var expected = granted switch
            {
                [] => RefusalCode.GrantMissing,
                [var grant] when now < grant.ValidFrom => RefusalCode.GrantNotYetValid,
                [var grant] when now >= grant.ExpiresAt => RefusalCode.GrantExpired,
                _ => RefusalCode.Unspecified,
            };
            return expected == (result.IsOk ? RefusalCode.Unspecified : result.Refusal.Code);
        });
    }

    [Fact]
    public void Decide_AtTheRecipient_SameAsAtTheOrigin()
    {
        var question =
            from record in Records
            from pick in Gen.Int[0, 11]
            from hours in Gen.Int[0, 700]
            select (record, pick, Samples.Now.AddHours(hours));

        question.Sample(sample =>
        {
            var (record, pick, now) = sample;
            var grant = record.Grants[pick % record.Grants.Count];
            var excerpt = Expect.Value(record.ExcerptFor(grant.Recipient, RecipientSalt.NewRandom()));

            var here = record.Decide(grant.Category, grant.Recipient, grant.Purpose, now);
            var there = excerpt.Decide(grant.Category, grant.Purpose, now);

            return here.IsOk == there.IsOk && (here.IsOk || here.Refusal.Code == there.Refusal.Code);
        });
    }

    [Theory]
    [InlineData(ConsentStatus.Withdrawn)]
    [InlineData(ConsentStatus.Expired)]
    [InlineData(ConsentStatus.Superseded)]
    public void Decide_ConsentNotInForce_Refused(ConsentStatus status)
    {
        var record = Samples.Record().WithStatus(status);

        Expect.Refusal(
            RefusalCode.ConsentNotActive,
            null,
            record.Decide(Category.Identity, Samples.ShelterA, Purpose.Shelter, Samples.Now));
        Expect.Refusal(
            RefusalCode.ConsentNotActive, null, record.ExcerptFor(Samples.ShelterA, RecipientSalt.NewRandom()));
    }

    [Fact]
    public void Decide_PartlyWithdrawn_WhatIsLeftHolds()
    {
        var record = Samples.Record().WithStatus(ConsentStatus.PartlyWithdrawn);

        Assert.True(record.Decide(Category.Identity, Samples.ShelterA, Purpose.Shelter, Samples.Now).IsOk);
    }

    [Fact]
    public void Decide_AtTheEnds_BeginInsideEndOutside()
    {
        var record = Samples.Record();
        var grant = record.Grants[0];

        Assert.True(record.Decide(grant.Category, grant.Recipient, grant.Purpose, grant.ValidFrom).IsOk);
        Expect.Refusal(
            RefusalCode.GrantNotYetValid,
            null,
            record.Decide(grant.Category, grant.Recipient, grant.Purpose, grant.ValidFrom.AddTicks(-1)));
        Assert.True(
            record.Decide(grant.Category, grant.Recipient, grant.Purpose, grant.ExpiresAt.AddTicks(-1)).IsOk);
        Expect.Refusal(
            RefusalCode.GrantExpired,
            null,
            record.Decide(grant.Category, grant.Recipient, grant.Purpose, grant.ExpiresAt));
    }
}
