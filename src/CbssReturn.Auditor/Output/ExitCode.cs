using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Output;

/// <summary>What the program returns to the shell, as <c>cbss</c> does: the thousand of the refusal's code.</summary>
internal static class ExitCode
{
    /// <summary>All that was looked at is as it should be.</summary>
    public const int Ok = 0;

    /// <summary>Something is wrong with a log (codes 4001 to 4999).</summary>
    public const int Audit = 4;

    /// <summary>A bug: this program broke a promise of its own.</summary>
    public const int Bug = 70;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Gives the exit code of a refusal.</summary>
    public static int Of(RefusalCode code) => (int)code / 1000 is >= 1 and <= 6 and var thousand ? thousand : Bug;
}
