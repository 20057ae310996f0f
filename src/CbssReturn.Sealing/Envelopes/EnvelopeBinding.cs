using System.Buffers.Binary;

namespace CbssReturn.Sealing;

/// <summary>What ties an envelope's keys and parts to its head: who, to whom, which packet, which part.</summary>
/// <remarks>See docs/spec/referral-packet.md, sections 4.2 and 4.3.</remarks>
internal readonly struct EnvelopeBinding(ushort suite, PacketId packetId, KeyId senderKid, KeyId recipientRid)
{
    /// <summary>Size of the HPKE info, in bytes.</summary>
    public const int InfoSizeBytes = 22 + 2 + (2 * KeyId.SizeBytes) + PacketId.SizeBytes;

    /// <summary>Size of a part's exporter context, in bytes.</summary>
    public const int PartContextSizeBytes = 18 + 2;

    /// <summary>Label under which a part's key and commitment are derived.</summary>
    public static ReadOnlySpan<byte> PartKeyLabel => "CBSS-RETURN/1 part-key"u8;

    /// <summary>Exporter context of the transfer tag.</summary>
    public static ReadOnlySpan<byte> TransferTagContext => "CBSS-RETURN/1 transfer tag"u8;

    /// <summary>Takes the binding of a parsed head.</summary>
    public static EnvelopeBinding Of(EnvelopeHead head) =>
        new(head.Suite, head.PacketId, head.SenderKid, head.RecipientRid);

    /// <summary>Writes a part's exporter context: "CBSS-RETURN/1 part" ‖ u16 index.</summary>
    public static void WritePartContext(int index, Span<byte> context)
    {
        "CBSS-RETURN/1 part"u8.CopyTo(context);
        BinaryPrimitives.WriteUInt16BigEndian(context[18..], (ushort)index);
    }

    /// <summary>Writes the HPKE info: "CBSS-RETURN/1 envelope" ‖ suite ‖ kid ‖ rid ‖ packet id.</summary>
    public void WriteInfo(Span<byte> info)
    {
        "CBSS-RETURN/1 envelope"u8.CopyTo(info);
        BinaryPrimitives.WriteUInt16BigEndian(info[22..], suite);
        senderKid.CopyTo(info[24..]);
        recipientRid.CopyTo(info[56..]);
        packetId.CopyTo(info[88..]);
    }

    /// <summary>Computes a part's associated data: D("part", suite, packet id, kid, rid, u16 index,
    /// commitment).</summary>
    public void WriteAssociated(int index, ReadOnlySpan<byte> commitment, Span<byte> associated)
    {
        Span<byte> id = stackalloc byte[KeyId.SizeBytes];
        using var transcript = new Transcript("part");
        transcript.Add(suite);
        packetId.CopyTo(id);
        transcript.Add(id[..PacketId.SizeBytes]);
        senderKid.CopyTo(id);
        transcript.Add(id);
        recipientRid.CopyTo(id);
        transcript.Add(id);
        transcript.Add((ushort)index);
        transcript.Add(commitment);
        transcript.Finish().CopyTo(associated);
    }
}
