using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Desk;

/// <summary>Completes ids of which only the first digits are given, as people type them.</summary>
internal static class ShortId
{
    /// <summary>Digits of a whole id.</summary>
    public const int DigitCount = 32;

    /// <summary>Least digits that are completed.</summary>
    public const int DigitCountMin = 6;

    /// <summary>Checks a whole id.</summary>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<string> Whole(string text) =>
        text.Length == DigitCount && text.All(char.IsAsciiHexDigitLower)
            ? text
            : new Refusal(
                RefusalCode.IdentifierMalformed, $"An id is {DigitCount} lower-case hex digits; here all are needed.");

    /// <summary>Completes the id of a referral.</summary>
    /// <returns>The whole id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/> or
    /// <see cref="RefusalCode.NotFound"/>.</returns>
    public static Task<Result<string>> OfReferralAsync(DeskConnection desk, string text, CancellationToken stop) =>
        CompleteAsync(text, async () =>
            (await desk.CallAsync((client, options) => client.ListReferralsAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<IReadOnlyList<string>>(list => list.Referrals.Select(referral => referral.ReferralId).ToList()));

    /// <summary>Completes the id of a case that this node opened.</summary>
    public static Task<Result<string>> OfCaseAsync(DeskConnection desk, string text, CancellationToken stop) =>
        CompleteAsync(text, async () =>
            (await desk.CallAsync((client, options) => client.ListReferralsAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<IReadOnlyList<string>>(list => list.Referrals.Select(referral => referral.CaseId).ToList()));

    /// <summary>Completes the id of an outbox row.</summary>
    public static Task<Result<string>> OfOutboxAsync(DeskConnection desk, string text, CancellationToken stop) =>
        CompleteAsync(text, async () =>
            (await desk.CallAsync(
                (client, options) => client.ListOutboxAsync(new() { IncludeDone = true }, options), stop)
                .ConfigureAwait(false))
            .Then<IReadOnlyList<string>>(list => list.Items.Select(item => item.OutboxId).ToList()));

    /// <summary>Completes the id of a node in the directory.</summary>
    public static Task<Result<string>> OfNodeAsync(DeskConnection desk, string text, CancellationToken stop) =>
        CompleteAsync(text, async () =>
            (await desk.CallAsync((client, options) => client.GetStatusAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<IReadOnlyList<string>>(status => status.Peers.Select(peer => peer.NodeId).ToList()));

    /// <summary>Completes the id of a user.</summary>
    public static Task<Result<string>> OfUserAsync(DeskConnection desk, string text, CancellationToken stop) =>
        CompleteAsync(text, async () =>
            (await desk.CallAsync((client, options) => client.ListUsersAsync(new(), options), stop)
                .ConfigureAwait(false))
            .Then<IReadOnlyList<string>>(list => list.Users.Select(user => user.UserId).ToList()));

    private static async Task<Result<string>> CompleteAsync(
        string text, Func<Task<Result<IReadOnlyList<string>>>> candidates)
    {
        if (text.Length is < DigitCountMin or > DigitCount || !text.All(char.IsAsciiHexDigitLower))
        {
            return new Refusal(
                RefusalCode.IdentifierMalformed,
                $"An id is {DigitCount} lower-case hex digits, of which the first {DigitCountMin} or more will do.");
        }

        return text.Length == DigitCount
            ? text
            : (await candidates().ConfigureAwait(false)).Then(ids => Pick(text, ids));
    }

    private static Result<string> Pick(string text, IReadOnlyList<string> ids)
    {
        var found = ids.Where(id => id.StartsWith(text, StringComparison.Ordinal)).Distinct().Take(2).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => new Refusal(RefusalCode.NotFound, "Nothing here has an id that begins so."),
            _ => new Refusal(RefusalCode.IdentifierMalformed, "More than one id begins so; give more digits."),
        };
    }
}
