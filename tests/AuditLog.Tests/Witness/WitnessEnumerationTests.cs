using CbssReturn.AuditLog.Tests.Notes;

namespace CbssReturn.AuditLog.Tests.Witness;

/// <summary>A witness against every order of up to four requests of a log with two faces, of sizes 0 to 5.</summary>
public sealed class WitnessEnumerationTests
{
    private const int RequestsMax = 4;

    private static readonly VerifierKey[] Logs = [NoteVectors.Log];

    // Every old and new size on both forks, with the right proof, none, and one hash too many; and two by strangers.
    private static readonly AskedCheckpoint[] Asked = [.. AskedCheckpoint.All()];

    // A decision depends on nothing but these two, so each pair is decided once.
    private readonly Dictionary<(AskedCheckpoint, WitnessedHead?), WitnessAnswer> _decisions = [];

    [Fact]
    public void Decide_EveryOrderOfFourRequests_NeverGoesBackAndNeverSignsTwoRoots()
    {
        // What was cosigned so far is a part of the state, so that two orders with the same past are one.
        HashSet<WitnessState> states = [new WitnessState(null, string.Empty)];
        var steps = 0;
        for (var round = 0; round < RequestsMax; round++)
        {
            HashSet<WitnessState> next = [.. states];
            foreach (var state in states)
            {
                foreach (var asked in Asked)
                {
                    var answer = Decide(asked, state.Stored);
                    Assert.Equal(asked.StatusAt(state.Stored), answer.Status);
                    next.Add(Apply(state, answer));
                    steps++;
                }
            }

            states = next;
        }

        Assert.Equal(2 * 6 * 6 * 3 + 2, Asked.Length);
        Assert.True(states.Count > 100, $"{states.Count} states in {steps} steps");
    }

    [Fact]
    public void Decide_ConcurrentRequestsInEveryInterleaving_NeverGoesBackAndNeverSignsTwoRoots()
    {
        // Requests that some head lets through; each is two steps: read and decide, then compare and store.
        var starts = new WitnessedHead?[] { null }.Concat(
            from size in Enumerable.Range(0, Fork.SizeMax + 1)
            from fork in new[] { "a", "b" }
            select new WitnessedHead(size, Fork.Root(size, fork))).Distinct().ToArray();
        var useful = Asked.Where(asked => starts.Any(start => Decide(asked, start).Status == 200)).ToArray();
        var lost = 0;
        foreach (var start in starts)
        {
            foreach (var (one, other) in from one in useful from other in useful select (one, other))
            {
                // Both decide on the same head; whoever stores second finds another head and decides again.
                var first = Decide(one, start);
                var second = Decide(other, start);
                var state = Apply(new WitnessState(start, string.Empty), first);
                if (second.Status == 200 && state.Stored != second.Expected)
                {
                    lost++;
                    second = Decide(other, state.Stored);
                }

                Apply(state, second);
            }
        }

        Assert.True(lost > 0);
    }

    private static WitnessState Apply(WitnessState state, WitnessAnswer answer)
    {
        if (answer.Status != 200)
        {
            Assert.Null(answer.Next);
            return state;
        }

        // Compare and store: the step that a store does in one transaction.
        Assert.Equal(state.Stored, answer.Expected);
        var next = answer.Next!;
        Assert.True(next.Size >= (state.Stored?.Size ?? 0));
        return state.Cosign(next);
    }

    private WitnessAnswer Decide(AskedCheckpoint asked, WitnessedHead? stored)
    {
        if (!_decisions.TryGetValue((asked, stored), out var answer))
        {
            answer = WitnessDecision.Decide(asked.Request, Logs, stored);
            _decisions.Add((asked, stored), answer);
        }

        return answer;
    }
}
