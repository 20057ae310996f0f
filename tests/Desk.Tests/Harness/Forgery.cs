using System.Buffers.Binary;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Keys;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Makes envelopes past the use cases, as another program or a hostile member would.</summary>
internal static class Forgery
{
    private const int HeadOffset = sizeof(uint);

    /// <summary>Changes the bytes of a head; see docs/spec/referral-packet.md, section 4.1, for the offsets.</summary>
    public delegate void HeadEdit(Span<byte> head);

    public static async Task<KemPublicKey> KeyOfAsync(TestNode node, uint day)
    {
        var published = await node.Services.Keys.PublishedAsync(0, default);
        return published.Select(key => EpochKeyRecord.Parse(key.Record.Span, key.Signature.Span).Value)
            .First(key => key.Day == day)
            .Key;
    }

    /// <summary>Seals parts for a node, by the origin's key and today's envelope key unless told otherwise.</summary>
    public static async Task<byte[]> SealAsync(
        this TestNetwork network,
        IReadOnlyList<ReadOnlyMemory<byte>> parts,
        TestNode? to = null,
        SigningKey? sender = null,
        PacketId? id = null,
        DateTimeOffset? createdAt = null,
        DateTimeOffset? notAfter = null,
        KemPublicKey? key = null)
    {
        var recipient = to ?? network.Receiver;
        var created = createdAt ?? network.Now;
        using var envelope = EnvelopeSealer.Seal(
            sender ?? network.Origin.Keys.Identity,
            key ?? await KeyOfAsync(recipient, EpochCalendar.DayOf(network.Now)),
            id ?? PacketId.NewRandom(),
            created,
            notAfter ?? created.AddDays(1),
            parts);
        return envelope.Wire;
    }

    /// <summary>A good referral with services for a node, first of its conversation.</summary>
    public static PacketForge Referral(
        this TestNetwork network, ulong sequence = 1, ConversationId? conversation = null, TestNode? to = null) =>
        PacketForge.Sections(
            PacketForge.Heading(MessageKind.ReferralSubmit, sequence, conversation),
            (to ?? network.Receiver).AsRecipient(),
            network.Now,
            (Category.Services, WireSections.Services()));

    public static Task<DeliveryAnswer> DeliverAsync(this TestNode to, ReadOnlyMemory<byte> envelope, NodeId from) =>
        to.Services.Receive.ReceiveAsync(envelope, from, default);

    /// <summary>Changes the head of an envelope and signs it again.</summary>
    public static byte[] Resign(byte[] wire, SigningKey key, HeadEdit edit)
    {
        byte[] copy = [.. wire];
        var head = copy.AsMemory(HeadOffset, (int)BinaryPrimitives.ReadUInt32BigEndian(copy));
        edit(head.Span);
        SigningRule.Sign(key, Suite.One, "head", head).CopyTo(copy.AsSpan(HeadOffset + head.Length));
        return copy;
    }

    /// <summary>Flips one bit, counted from the end of the head: 0 is in the signature, 64 in the first part.</summary>
    public static byte[] FlipAfterHead(byte[] wire, int offset)
    {
        byte[] copy = [.. wire];
        copy[HeadOffset + (int)BinaryPrimitives.ReadUInt32BigEndian(copy) + offset] ^= 1;
        return copy;
    }

    public static Receipt ReceiptIn(DeliveryAnswer answer)
    {
        var stored = Assert.IsType<DeliveryAnswer.Receipted>(answer).Receipt;
        return Receipt.Parse(stored.Record.Span, stored.Signature.Span).Value;
    }

    /// <summary>All bytes of a receipt, to be compared.</summary>
    public static string Text(Receipt receipt) => Convert.ToHexString([.. receipt.Record, .. receipt.Signature]);
}
