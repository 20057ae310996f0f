using CbssReturn.Sealing;

namespace CbssReturn.Storage.Rows;

/// <summary>What this node, as a witness, has cosigned last of a log.</summary>
/// <param name="Origin">The log: 1 to <see cref="OriginLengthMax"/> visible ASCII characters, no plus.</param>
/// <param name="Size">Entries that the checkpoint covers.</param>
/// <param name="Root">Their root.</param>
/// <param name="Note">The whole note as it was shown, 1 byte to 16 KiB.</param>
public sealed record WitnessedLog(string Origin, long Size, Digest Root, ReadOnlyMemory<byte> Note)
{
    /// <summary>Longest origin, in characters.</summary>
    public const int OriginLengthMax = 255;
}
