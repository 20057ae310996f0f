using CbssReturn.Casework.Consent;
using CbssReturn.Exchange.Mapping;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>A <see cref="ConsentRecord"/> as bytes. What does not decode is a broken promise of our own
/// store.</summary>
public static class ConsentCodec
{
    /// <summary>Encodes a consent.</summary>
    public static byte[] Encode(ConsentRecord consent) => ConsentMapper.ToWire(consent).ToByteArray();

    /// <summary>Decodes a consent.</summary>
    /// <param name="bytes">What <see cref="Encode"/> returned.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a consent.</exception>
    public static ConsentRecord Decode(ReadOnlySpan<byte> bytes, DateTimeOffset now) =>
        ConsentMapper.FromWire(Wire.ConsentRecord.Parser.ParseFrom(bytes), now).Value;
}
