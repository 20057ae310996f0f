using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Consent;

/// <summary>Makes the names under which one recipient knows a consent (docs/spec/casework.md, rule 2.15): SHA-256 over
/// a label, the recipient's own salt, the recipient and what is named, each with its length before it. Whoever lacks
/// the salt can neither undo it nor compare it.</summary>
internal static class ExcerptDerivation
{
    public static byte[] ConsentIdOf(RecipientSalt salt, RecipientId recipient, ConsentId id) =>
        Hash("excerpt consent id", salt, recipient, id.ToArray())[..ConsentId.SizeBytes];

    public static byte[] GrantIdOf(RecipientSalt salt, RecipientId recipient, GrantId id) =>
        Hash("excerpt grant id", salt, recipient, id.ToArray())[..GrantId.SizeBytes];

    public static EvidenceDigest EvidenceOf(RecipientSalt salt, RecipientId recipient, EvidenceDigest evidence) =>
        EvidenceDigest.FromBytes(Hash("excerpt evidence", salt, recipient, evidence.ToArray())).Value;

    private static byte[] Hash(string label, RecipientSalt salt, RecipientId recipient, byte[] named)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in new[]
        {
            Encoding.ASCII.GetBytes("CBSS-RETURN/1 " + label), salt.ToArray(), recipient.ToArray(), named,
        })
        {
            var length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)field.Length);
            hash.AppendData(length);
            hash.AppendData(field);
        }

        return hash.GetHashAndReset();
    }
}
