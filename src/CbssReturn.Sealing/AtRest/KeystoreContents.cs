using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>What a keystore holds. The secrets belong to whoever holds the newest version of the contents.</summary>
/// <param name="IdentitySeed">Seed of the node's identity key, 32 bytes.</param>
/// <param name="IndexKey">Key of the blind indexes, 32 bytes.</param>
/// <param name="Keks">Key-encryption keys by day, 32 bytes each; at most <see cref="KekCountMax"/>.</param>
internal sealed record KeystoreContents(
    SecretBytes IdentitySeed, SecretBytes IndexKey, ImmutableSortedDictionary<uint, SecretBytes> Keks) : IDisposable
{
    /// <summary>Most key-encryption keys in one keystore; 11 years of days.</summary>
    public const int KekCountMax = 4096;

    /// <summary>Size of every key in it, in bytes.</summary>
    public const int KeySizeBytes = 32;

    /// <summary>Draws the contents of a new keystore.</summary>
    [SuppressMessage("Correctness", "IDISP004", Justification = "The contents own their secrets.")]
    public static KeystoreContents NewRandom() => new(
        SecretBytes.NewRandom(KeySizeBytes),
        SecretBytes.NewRandom(KeySizeBytes),
        ImmutableSortedDictionary<uint, SecretBytes>.Empty);

    /// <inheritdoc/>
    public void Dispose()
    {
        IdentitySeed.Dispose();
        IndexKey.Dispose();
        foreach (var kek in Keks.Values)
        {
            kek.Dispose();
        }
    }

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => nameof(KeystoreContents);
}
