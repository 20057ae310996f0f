using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Errors;

/// <summary>What the program returns to the shell: the thousand of the refusal's code.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked was done.</summary>
    public const int Ok = 0;

    /// <summary>The command line or a file was not understood (codes 1001 to 1999).</summary>
    public const int Usage = 1;

    /// <summary>Configuration, store or node (codes 2001 to 2999).</summary>
    public const int Configuration = 2;

    /// <summary>Refused by policy or consent (codes 3001 to 3999).</summary>
    public const int Policy = 3;

    /// <summary>The other node cannot be reached; what was sent is queued (codes 5001 to 5999).</summary>
    public const int Peer = 5;

    /// <summary>Cryptography or keys (codes 6001 to 6999).</summary>
    public const int Keys = 6;

    /// <summary>A bug: this program broke a promise of its own.</summary>
    public const int Bug = 70;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Gives the exit code of a refusal.</summary>
    public static int Of(RefusalCode code) => (int)code / 1000 is >= 1 and <= 6 and var thousand ? thousand : Bug;
}
