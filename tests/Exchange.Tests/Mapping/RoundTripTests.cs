using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Exchange.Mapping;
using CsCheck;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>What goes out comes in again, byte by byte and value by value, unknown codes included.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Identity_ThereAndBack_IsTheSame() => ThereAndBack(SectionGens.Identity);

    [Fact]
    public void TravelDocuments_ThereAndBack_IsTheSame() => ThereAndBack(SectionGens.TravelDocuments);

    [Fact]
    public void Services_ThereAndBack_IsTheSame() => ThereAndBack(SectionGens.Services);

    [Fact]
    public void Movement_ThereAndBack_IsTheSame() => ThereAndBack(SectionGens.Movement);

    [Fact]
    public void Risk_ThereAndBack_IsTheSame() => ThereAndBack(RiskGens.Section);

    [Fact]
    public void Answer_ThereAndBack_IsTheSame() => ControlGens.Answer.Sample(answer =>
    {
        var bytes = AnswerMapper.ToWire(answer).ToByteArray();
        var back = SectionGens.Made(AnswerMapper.FromWire(Wire.Answer.Parser.ParseFrom(bytes)));
        return back.Equals(answer) && AnswerMapper.ToWire(back).ToByteArray().AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void Consent_ThereAndBack_IsTheSame() => ControlGens.Consent.Sample(record =>
    {
        var bytes = ConsentMapper.ToWire(record).ToByteArray();
        var back = SectionGens.Made(
            ConsentMapper.FromWire(Wire.ConsentRecord.Parser.ParseFrom(bytes), Gens.Now.AddDays(1)));
        return back.Equals(record) && ConsentMapper.ToWire(back).ToByteArray().AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void Excerpt_ThereAndBack_IsTheSame() => ControlGens.Consent.Sample(record =>
    {
        var excerpt = SectionGens.Made(record.WithStatus(ConsentStatus.Active)
            .ExcerptFor(record.Grants[0].Recipient, RecipientSalt.NewRandom()));
        var bytes = ConsentMapper.ToWire(excerpt).ToByteArray();
        var back = SectionGens.Made(
            ConsentMapper.ExcerptFromWire(Wire.ConsentExcerpt.Parser.ParseFrom(bytes)));
        return back.Equals(excerpt) && ConsentMapper.ToWire(back).ToByteArray().AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void TermsFromWire_WhatAPersonWroteDown_BecomesTheSameConsent() => ControlGens.Consent.Sample(record =>
    {
        var wire = ConsentMapper.ToWire(record);
        (wire.ConsentId, wire.Version, wire.Status, wire.EvidenceDigest) = ("", 0, default, ByteString.Empty);
        foreach (var grant in wire.Grants)
        {
            grant.GrantId = "";
        }

        var terms = SectionGens.Made(ConsentMapper.TermsFromWire(wire));
        var again = SectionGens.Made(ConsentRecord.Create(terms, Gens.Now));
        return again.Grants.Select(grant => (grant.Category, grant.Recipient, grant.ValidFrom, grant.ExpiresAt))
            .SequenceEqual(
                record.Grants.Select(grant => (grant.Category, grant.Recipient, grant.ValidFrom, grant.ExpiresAt)));
    });

    private static void ThereAndBack<T>(Gen<T> sections)
        where T : Section => sections.Sample(section =>
    {
        var bytes = SectionMapper.ToWire(section).ToByteArray();
        var wire = Wire.Section.Parser.ParseFrom(bytes);
        var back = SectionGens.Made(SectionMapper.FromWire(wire, Gens.Now, SectionSource.Written));
        return back.Equals(section)
            && SectionMapper.CategoryOf(wire) == section.Category
            && !WireRules.HasNewerFields(wire)
            && SectionMapper.ToWire(back).ToByteArray().AsSpan().SequenceEqual(bytes);
    });
}
