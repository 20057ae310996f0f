using System.CommandLine;

namespace CbssReturn.Auditor.Commands;

/// <summary>A command with examples for its help text.</summary>
/// <param name="name">Name, as typed.</param>
/// <param name="description">What it does, in full sentences.</param>
/// <param name="examples">Whole command lines; each can be parsed, which a test holds.</param>
internal sealed class AuditorCommand(string name, string description, params IReadOnlyList<string> examples)
    : Command(name, description)
{
    /// <summary>Whole command lines that show the use.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
