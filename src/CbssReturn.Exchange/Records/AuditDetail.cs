using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>What the audit log keeps beside an entry, outside the tree, sealed and erasable
/// (docs/spec/audit-intake.md, section 2).</summary>
public sealed record AuditDetail
{
    /// <summary>The true kind, which the entry hides.</summary>
    public required AuditDetailKind Kind { get; init; }

    /// <summary>True second, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>User id, 16 bytes; empty for the node itself.</summary>
    public ReadOnlyMemory<byte> UserId { get; init; }

    /// <summary>The user's role number; 0 for the node itself.</summary>
    public byte Role { get; init; }

    /// <summary>Purpose; <c>default</c> for none.</summary>
    public Purpose Purpose { get; init; }

    /// <summary>Categories touched.</summary>
    public IReadOnlyList<Category> Categories { get; init; } = [];

    /// <summary>Packet id, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> PacketId { get; init; }

    /// <summary>Consent id, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> ConsentId { get; init; }

    /// <summary>Version of the consent; 0 for none.</summary>
    public uint ConsentVersion { get; init; }

    /// <summary>SHA-256 of the excerpt, 32 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> ExcerptDigest { get; init; }

    /// <summary>Number of a refusal code; 0 for none.</summary>
    public int ReasonCode { get; init; }

    /// <summary>The referral at this node, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> ReferralId { get; init; }

    /// <summary>The case, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> CaseId { get; init; }

    /// <summary>The user who was added or removed, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> SubjectUserId { get; init; }

    /// <summary>Role number of that user; 0 for none.</summary>
    public byte SubjectRole { get; init; }

    /// <summary>The other node, 16 bytes; empty for none.</summary>
    public ReadOnlyMemory<byte> Peer { get; init; }

    /// <summary>Version of the directory that was applied; 0 for none.</summary>
    public ulong DirectoryVersion { get; init; }

    /// <summary>The entry whose detail was shown, counted from 0; null for none.</summary>
    public long? EntryIndex { get; init; }

    /// <summary>How many details were erased; 0 for none.</summary>
    public int Count { get; init; }

    /// <summary>Reads a detail and checks that it is the one that an entry commits to.</summary>
    /// <param name="bytes">The detail, of any size.</param>
    /// <param name="commitment">Digest that the entry holds.</param>
    /// <returns>The detail; or <see cref="RefusalCode.DetailWrong"/> when the digest is another, or the bytes do not
    /// have the one form of a detail: prefix, nonce, known kind, length, content, zero padding to a multiple of 512
    /// bytes.</returns>
    public static Result<AuditDetail> Parse(ReadOnlyMemory<byte> bytes, Digest commitment) =>
        EntryDetail.Open(bytes, commitment).Then(AuditDetailReader.Read);

    /// <summary>Encodes the detail with a fresh 32-byte nonce, so that its digest tells nothing about it.</summary>
    public byte[] ToBytes()
    {
        var wire = new Wire.AuditDetail
        {
            At = PosixSeconds.From(At),
            UserId = ByteString.CopyFrom(UserId.Span),
            Role = Role,
            Purpose = (Contracts.Packet.V1.Purpose)Purpose,
            PacketId = ByteString.CopyFrom(PacketId.Span),
            ConsentId = ByteString.CopyFrom(ConsentId.Span),
            ConsentVersion = ConsentVersion,
            ExcerptDigest = ByteString.CopyFrom(ExcerptDigest.Span),
            ReasonCode = (uint)ReasonCode,
            ReferralId = ByteString.CopyFrom(ReferralId.Span),
            CaseId = ByteString.CopyFrom(CaseId.Span),
            SubjectUserId = ByteString.CopyFrom(SubjectUserId.Span),
            SubjectRole = SubjectRole,
            Peer = ByteString.CopyFrom(Peer.Span),
            DirectoryVersion = DirectoryVersion,
            EntryNumber = EntryIndex is { } index ? (ulong)index + 1 : 0,
            Count = (uint)Count,
        };
        wire.Categories.AddRange(Categories.Select(category => (Contracts.Packet.V1.Category)category));
        return EntryDetail.Encode(
            RandomNumberGenerator.GetBytes(EntryDetail.NonceSizeBytes), (uint)Kind, wire.ToByteArray());
    }
}
