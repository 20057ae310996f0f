using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Consent;

/// <summary>What one recipient gets to know (docs/spec/casework.md, rule 2.15).</summary>
public sealed class ConsentExcerptTests
{
    private static readonly RecipientSalt Salt = RecipientSalt.FromBytes(Filled(7)).Value;

    [Fact]
    public void ExcerptFor_Recipient_HoldsItsGrantsAlone()
    {
        var record = Samples.Record(
            Samples.Grant(),
            Samples.Grant(Category.Risk, Purpose.RiskAssessment),
            Samples.Grant(Category.Services, Purpose.Shelter, Samples.ShelterB));

        var excerpt = Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt));

        Assert.Equal([Category.Identity, Category.Risk], excerpt.Grants.Select(grant => grant.Category));
        Assert.Equal(PermissionAnswer.No, excerpt.Permissions.EmbassyContact);
        Assert.Equal(PermissionAnswer.Unspecified, excerpt.Permissions.Statistics);
    }

    [Fact]
    public void ExcerptFor_NobodyGranted_Refused() => Expect.Refusal(
        RefusalCode.GrantMissing, null, Samples.Record().ExcerptFor(Samples.ShelterB, Salt));

    [Fact]
    public void ExcerptFor_SameSalt_SameIds()
    {
        var record = Samples.Record();

        Assert.Equal(
            Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)),
            Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)));
    }

    [Fact]
    public void ExcerptFor_TwoRecipients_ShareNothingThatNamesThePerson()
    {
        var terms = Samples.Consent(Samples.Grant(), Samples.Grant(recipient: Samples.ShelterB)) with
        {
            Evidence = EvidenceDigest.Of([1, 2, 3]),
        };
        var record = Expect.Value(ConsentRecord.Create(terms, Samples.Now));

        // Even with the same salt, which no two recipients get.
        var left = Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)).Terms;
        var right = Expect.Value(record.ExcerptFor(Samples.ShelterB, Salt)).Terms;

        Assert.NotEqual(left.ConsentId, right.ConsentId);
        Assert.NotEqual(left.Grants[0].Id, right.Grants[0].Id);
        Assert.NotEqual(left.Evidence, right.Evidence);
        Assert.NotEqual(record.Id, left.ConsentId);
        Assert.NotEqual(record.Terms.Evidence, left.Evidence);
        Assert.Equal(TimeSpan.Zero, left.GivenAt.TimeOfDay);
        Assert.Equal(TimeSpan.Zero, left.Grants[0].ValidFrom.TimeOfDay);
        Assert.Equal(TimeSpan.Zero, left.Grants[0].ExpiresAt.TimeOfDay);
    }

    [Fact]
    public void ExcerptFor_OtherSalt_OtherIds()
    {
        var record = Samples.Record();

        Assert.NotEqual(
            Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)).Terms.ConsentId,
            Expect.Value(record.ExcerptFor(Samples.ShelterA, RecipientSalt.NewRandom())).Terms.ConsentId);
    }

    [Fact]
    public void ExcerptFor_GrantThatBeginsLater_KeepsItsMoment()
    {
        var from = Samples.Now.AddDays(3);
        var record = Samples.Record(Samples.Grant() with { ValidFrom = from });

        Assert.Equal(from, Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)).Grants[0].ValidFrom);
    }

    // The derivation is a format: nodes of other makers and later versions must find the same ids again.
    [Fact]
    public void ExcerptFor_KnownInput_GivesTheKnownIds()
    {
        var terms = Samples.Consent(Samples.Grant() with
        {
            Id = GrantId.Parse("000000000000000000000000000000d4").Value,
        });
        var id = ConsentId.Parse("000000000000000000000000000000e5").Value;
        var record = Expect.Value(ConsentRecord.Restore(id, 1, ConsentStatus.Active, terms, Samples.Now));

        var excerpt = Expect.Value(record.ExcerptFor(Samples.ShelterA, Salt)).Terms;

        Assert.Equal("ef9b212d8745f0f65570bfea51ce3d4e", excerpt.ConsentId.ToString());
        Assert.Equal("2d2a79886155ca1bf6194d6a48d3d469", excerpt.Grants[0].Id.ToString());
    }

    [Fact]
    public void Create_GrantThatLastsTooLong_Refused()
    {
        var terms = Excerpt();
        var longest = terms.GivenAt.AddDays(181);

        Expect.Value(ConsentExcerpt.Create(With(terms, grant => grant with { ExpiresAt = longest })));
        Refused(
            RefusalCode.ConsentOutOfBounds,
            "grants[0].expires_at",
            With(terms, grant => grant with { ExpiresAt = longest.AddSeconds(1) }));
    }

    [Fact]
    public void Create_AnythingOutOfForm_Refused()
    {
        var terms = Excerpt();

        Refused(RefusalCode.FieldMissing, "consent_id", terms with { ConsentId = default });
        Refused(RefusalCode.NumberOutOfRange, "version", terms with { Version = 0 });
        Refused(RefusalCode.FieldMissing, "salt", terms with { Salt = default });
        Refused(RefusalCode.CodeUnknown, "form", terms with { Form = (ConsentForm)9 });
        Refused(RefusalCode.CodeUnknown, "embassy_contact", terms with { EmbassyContact = (PermissionAnswer)9 });
        Refused(RefusalCode.FieldMissing, "grants", terms with { Grants = [] });
        Refused(RefusalCode.FieldMalformed, "given_at", terms with { GivenAt = terms.GivenAt.AddSeconds(1) });
        Refused(RefusalCode.ValueTwice, "grants[1]", terms with { Grants = [terms.Grants[0], terms.Grants[0]] });
        Refused(
            RefusalCode.CodeUnknown,
            "grants[0].category",
            With(terms, grant => grant with { Category = (Category)99 }));
        Refused(
            RefusalCode.ConsentOutOfBounds,
            "grants[0].purpose",
            With(terms, grant => grant with { Purpose = Purpose.Statistics }));
        Refused(
            RefusalCode.ConsentOutOfBounds,
            "grants[0].valid_from",
            With(terms, grant => grant with { ValidFrom = terms.GivenAt.AddSeconds(-1) }));
        Refused(
            RefusalCode.ConsentOutOfBounds,
            "grants[0].expires_at",
            With(terms, grant => grant with { ExpiresAt = grant.ValidFrom }));
        Refused(
            RefusalCode.FieldMissing, "grants[0].onward", With(terms, grant => grant with { Onward = default }));
    }

    private static ExcerptTerms Excerpt() => Expect.Value(Samples.Record().ExcerptFor(Samples.ShelterA, Salt)).Terms;

    private static ExcerptTerms With(ExcerptTerms terms, Func<ExcerptGrant, ExcerptGrant> change) =>
        terms with { Grants = [change(terms.Grants[0])] };

    private static void Refused(RefusalCode code, string field, ExcerptTerms terms) =>
        Expect.Refusal(code, field, ConsentExcerpt.Create(terms));

    private static byte[] Filled(byte value)
    {
        var bytes = new byte[RecipientSalt.SizeBytes];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
