using System.Diagnostics;

namespace CbssReturn.Cli.Demo;

/// <summary>Tells the runtime of a child that it lives for a minute: compiling hot code again for speed would cost more
/// than it brings. Halves the processor time of the whole demo; what the node does is the same.</summary>
internal static class ShortLife
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_TC_QuickJitForLoops", "0"),
        ("DOTNET_TC_CallCountThreshold", "1000"),
    ];

    /// <summary>Adds the settings, except those that the environment has already.</summary>
    public static ProcessStartInfo WithShortLife(this ProcessStartInfo start)
    {
        foreach (var (name, value) in Settings)
        {
            start.Environment.TryAdd(name, value);
        }

        return start;
    }
}
