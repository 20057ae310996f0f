using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Records;

/// <summary>What an outbox row must know to be sealed again and to be closed in the audit log, sealed at rest
/// itself.</summary>
/// <param name="Peer">The recipient.</param>
/// <param name="Secrets">Secrets of the envelope's parts, 32 bytes each.</param>
/// <param name="ReferralId">The referral, 16 bytes.</param>
/// <param name="Trail">What the audit log knows the packet by.</param>
public sealed record OutboxFile(
    NodeId Peer,
    IReadOnlyList<ReadOnlyMemory<byte>> Secrets,
    ReadOnlyMemory<byte> ReferralId,
    PacketTrail Trail);
