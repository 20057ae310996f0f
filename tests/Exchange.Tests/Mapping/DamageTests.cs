using CbssReturn.Exchange.Mapping;
using CsCheck;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Whatever another node sends, reading it gives a value or a refusal and never an exception.</summary>
public sealed class DamageTests
{
    [Fact]
    public void Section_AnyByteChanged_ReadOrRefused()
    {
        var sections = Gen.OneOf(
            SectionGens.Identity.Select(section => SectionMapper.ToWire(section)),
            SectionGens.TravelDocuments.Select(section => SectionMapper.ToWire(section)),
            SectionGens.Services.Select(section => SectionMapper.ToWire(section)),
            SectionGens.Movement.Select(section => SectionMapper.ToWire(section)),
            RiskGens.Section.Select(section => SectionMapper.ToWire(section)));

        Damaged(sections, Wire.Section.Parser, wire =>
        {
            _ = SectionMapper.FromWire(wire, Gens.Now, SectionSource.Written).ToString();
            _ = SectionMapper.FromWire(wire, Gens.Now, SectionSource.Received).ToString();
        });
    }

    [Fact]
    public void Answer_AnyByteChanged_ReadOrRefused() => Damaged(
        ControlGens.Answer.Select(AnswerMapper.ToWire),
        Wire.Answer.Parser,
        wire => _ = AnswerMapper.FromWire(wire).ToString());

    [Fact]
    public void Consent_AnyByteChanged_ReadOrRefused() => Damaged(
        ControlGens.Consent.Select(record => ConsentMapper.ToWire(record)),
        Wire.ConsentRecord.Parser,
        wire =>
        {
            _ = ConsentMapper.FromWire(wire, Gens.Now).ToString();
            _ = ConsentMapper.TermsFromWire(wire).ToString();
        });

    private static void Damaged<T>(Gen<T> messages, MessageParser<T> parser, Action<T> read)
        where T : IMessage<T>
    {
        var damaged =
            from message in messages
            from at in Gen.Double[0, 1].List[1, 4]
            from value in Gen.Byte.List[4]
            select (Bytes: message.ToByteArray(), at, value);

        damaged.Sample(
            sample =>
            {
                var bytes = sample.Bytes;
                for (var i = 0; i < sample.at.Count; i++)
                {
                    bytes[(int)(sample.at[i] * (bytes.Length - 1))] = sample.value[i];
                }

                T message;
                try
                {
                    message = parser.ParseFrom(bytes);
                }
                catch (InvalidProtocolBufferException)
                {
                    return; // refused before it is a message at all
                }

                read(message);
            },
            iter: 400);
    }
}
