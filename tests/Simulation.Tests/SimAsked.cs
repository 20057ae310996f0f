using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Outcomes;

namespace CbssReturn.Simulation.Tests;

/// <summary>A machine that an auditor asks.</summary>
/// <param name="world">The network.</param>
/// <param name="asker">Whose auditor asks.</param>
/// <param name="asked">A node or a focal point.</param>
internal sealed class SimAsked(World world, SimFocalPoint asker, object asked) : IAuditNode
{
    public string Name => "simulated";

    public Task<Result<WitnessReply>> AddCheckpointAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => Ask<WitnessReply>(() =>
        {
            var (answer, line) = ((SimFocalPoint)asked).Answer(body.Span);
            return new WitnessReply(
                answer.Status, line is null ? answer.RefusedBody() : Encoding.UTF8.GetBytes(line.ToLine()));
        });

    public Task<Result<IReadOnlyList<ReadOnlyMemory<byte>>>> GetSeenCheckpointsAsync(
        string origin, CancellationToken cancellationToken) => Ask<IReadOnlyList<ReadOnlyMemory<byte>>>(() =>
            (asked is SimNode node ? node.SeenOf(origin) : ((SimFocalPoint)asked).SeenOf(origin)).ToList());

    public Task<Result<TagPage>> ExchangeTagsAsync(
        string origin, string aboutOrigin, long fromIndex, CancellationToken cancellationToken) => Ask(() =>
        {
            if (((SimFocalPoint)asked).MirrorOf(origin) is not { } mirror)
            {
                return new Refusal(RefusalCode.NotFound, "This log is not mirrored here.");
            }

            var name = LogEntry.PeerName(aboutOrigin);
            List<TagEntry> tags = [];
            DateTimeOffset? until = null;
            for (var index = fromIndex; index < mirror.Size; index++)
            {
                var entry = LogEntry.Parse(mirror.EntryAt(index)).Value;
                until = entry.At;
                if (entry.Event is AuditEvent.PacketSent or AuditEvent.PacketReceived or AuditEvent.PacketRefused
                        or AuditEvent.ReceiptStored
                    && entry.Peer.Span.SequenceEqual(name))
                {
                    tags.Add(TagEntry.Of(index, entry));
                }
            }

            return (Result<TagPage>)new TagPage(tags, Math.Max(mirror.Size, fromIndex), until);
        });

    private Task<Result<T>> Ask<T>(Func<Result<T>> answer)
        where T : notnull => Task.FromResult(asked == (object)asker || world.Reaches(asker, asked)
            ? answer()
            : new Refusal(RefusalCode.PeerUnreachable, "It cannot be reached."));
}
