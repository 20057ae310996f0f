using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>Asks before something that cannot be undone.</summary>
internal static class Question
{
    /// <summary>Asks, unless --yes was given.</summary>
    /// <param name="session">The session.</param>
    /// <param name="consequence">What will happen, as a full sentence.</param>
    /// <returns>Done to go on, or a refusal with <see cref="RefusalCode.UsageWrong"/>.</returns>
    public static Result<Done> Ask(Session session, string consequence)
    {
        if (session.Yes)
        {
            return Done.Instance;
        }

        if (!session.CanAsk)
        {
            return new Refusal(RefusalCode.UsageWrong, $"{consequence} Nobody can be asked here, so --yes is needed.");
        }

        session.Error.Write($"{consequence} Type yes to go on: ");
        return Console.In.ReadLine() == "yes"
            ? Done.Instance
            : new Refusal(RefusalCode.UsageWrong, "The answer was not yes.");
    }
}
