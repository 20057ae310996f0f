using CbssReturn.AuditLog;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>What must hold of a node's audit intake whatever happened to its packets.</summary>
internal static class AuditAssert
{
    /// <summary>Every packet was opened once and closed once, under one handle and one tag of its own (ADR 0040).
    /// </summary>
    public static async Task EveryTagIsOpenedAndClosedOnceAsync(TestNode node)
    {
        var sent = (await AuditEntry.ReadAsync(node))
            .Where(entry => entry.Row.Event is AuditEvent.PacketSent)
            .ToLookup(entry => entry.Row.Tag);

        Assert.NotEmpty(sent);
        Assert.All(sent, packet =>
        {
            Assert.Equal(
                [true, false], packet.Select(entry => entry.Row.Outcome is AuditOutcome.Pending));
            Assert.Single(packet.Select(entry => Convert.ToHexString(entry.Row.Handle.Span)).Distinct());
            Assert.Single(packet.Select(entry => Convert.ToHexString(entry.Row.Peer.Span)).Distinct());
        });
        Assert.Equal(
            sent.Count, sent.Select(packet => Convert.ToHexString(packet.First().Row.Handle.Span)).Distinct().Count());
    }
}
