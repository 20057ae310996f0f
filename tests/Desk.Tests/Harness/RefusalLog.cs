using System.Collections.Concurrent;
using CbssReturn.Desk.Receiving;
using CbssReturn.Outcomes;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Collects what a node writes into its local log.</summary>
internal sealed class RefusalLog : IRefusalLog
{
    private readonly ConcurrentQueue<(RefusalCode Code, string? Detail)> _entries = new();

    public IReadOnlyList<(RefusalCode Code, string? Detail)> Entries => [.. _entries];

    public IReadOnlyList<RefusalCode> Codes => [.. _entries.Select(entry => entry.Code)];

    public void Refused(RefusalCode code, string? detail) => _entries.Enqueue((code, detail));
}
