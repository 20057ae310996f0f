using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Json;

/// <summary>Carries a refusal out of the depth of a nested message; never leaves <see cref="CaseworkJson"/>.</summary>
/// <param name="refusal">The refusal, with its path.</param>
internal sealed class JsonRefusedException(Refusal refusal) : Exception
{
    /// <summary>The refusal.</summary>
    public Refusal Refusal { get; } = refusal;
}
