using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>An <see cref="OutboxFile"/>, and the part secrets of a received packet, as bytes.</summary>
public static class OutboxFileCodec
{
    /// <summary>Encodes what an outbox row must know.</summary>
    public static byte[] Encode(OutboxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new Wire.OutboxFile
        {
            Peer = ByteString.CopyFrom(file.Peer.ToArray()),
            ReferralId = ByteString.CopyFrom(file.ReferralId.Span),
            Secrets = ToWire(file.Secrets),
            AuditPeer = ByteString.CopyFrom(file.Trail.Peer.Span),
            AuditHandle = ByteString.CopyFrom(file.Trail.Handle.Span),
            TransferTag = ByteString.CopyFrom(file.Trail.Tag.ToArray()),
        }.ToByteArray();
    }

    /// <summary>Decodes it.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not such a file.</exception>
    public static OutboxFile Decode(ReadOnlySpan<byte> bytes)
    {
        var wire = Wire.OutboxFile.Parser.ParseFrom(bytes);
        return new OutboxFile(
            NodeId.FromBytes(wire.Peer.Span),
            FromWire(wire.Secrets),
            wire.ReferralId.Memory,
            new PacketTrail(
                wire.AuditPeer.Memory, wire.AuditHandle.Memory, Digest.FromBytes(wire.TransferTag.Span)));
    }

    /// <summary>Encodes the secrets of a received packet's parts.</summary>
    public static byte[] EncodeSecrets(IReadOnlyList<ReadOnlyMemory<byte>> secrets) => ToWire(secrets).ToByteArray();

    /// <summary>Decodes them.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not secrets.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> DecodeSecrets(ReadOnlySpan<byte> bytes) =>
        FromWire(Wire.PartSecrets.Parser.ParseFrom(bytes));

    private static Wire.PartSecrets ToWire(IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var wire = new Wire.PartSecrets();
        wire.Secrets.AddRange(secrets.Select(secret => ByteString.CopyFrom(secret.Span)));
        return wire;
    }

    private static List<ReadOnlyMemory<byte>> FromWire(Wire.PartSecrets wire) =>
        [.. wire.Secrets.Select(secret => secret.Memory)];
}
