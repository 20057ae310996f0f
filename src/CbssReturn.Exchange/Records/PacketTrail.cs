using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Records;

/// <summary>What all audit entries about one sent packet have in common, so that the one that closes the matter is
/// known to belong to the one that opened it (docs/spec/audit-intake.md, section 3).</summary>
/// <param name="Peer">The other node as the audit log names it, 16 bytes.</param>
/// <param name="Handle">Random, 16 bytes: names the packet in this node's log and nowhere else.</param>
/// <param name="Tag">Transfer tag of the envelope, which the recipient's log holds as well.</param>
public sealed record PacketTrail(ReadOnlyMemory<byte> Peer, ReadOnlyMemory<byte> Handle, Digest Tag);
