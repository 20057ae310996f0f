using CbssReturn.Casework.Common;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>A <see cref="CaseFile"/> as bytes. What does not decode is a broken promise of our own store.</summary>
public static class CaseFileCodec
{
    /// <summary>Encodes a file.</summary>
    public static byte[] Encode(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var wire = new Wire.CaseFile
        {
            Alias = file.Alias.ToString(),
            StoppedPossibleMinor = file.StoppedPossibleMinor,
        };
        wire.Sections.AddRange(file.Sections.Select(section => new Wire.StoredSection
        {
            Category = (Contracts.Packet.V1.Category)section.Category,
            Version = section.Version,
            Content = ByteString.CopyFrom(section.Content.Span),
            RecordedAt = PosixSeconds.From(section.RecordedAt),
        }));
        return wire.ToByteArray();
    }

    /// <summary>Decodes a file.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are not a file.</exception>
    public static CaseFile Decode(ReadOnlySpan<byte> bytes)
    {
        var wire = Wire.CaseFile.Parser.ParseFrom(bytes);
        return new CaseFile
        {
            Alias = CaseAlias.Parse(wire.Alias).Value,
            StoppedPossibleMinor = wire.StoppedPossibleMinor,
            Sections =
            [
                .. wire.Sections.Select(section => new StoredSection(
                    (Category)section.Category,
                    section.Version,
                    section.Content.Memory,
                    DateTimeOffset.FromUnixTimeSeconds((long)section.RecordedAt))),
            ],
        };
    }
}
