namespace CbssReturn.Cli.Demo;

/// <summary>What is asked of the demo.</summary>
/// <param name="ScenarioPaths">Scenario files to play, in order; empty for the samples.</param>
/// <param name="ExitsAtEnd">Whether it ends after the story.</param>
/// <param name="KeepPath">Folder in which all files stay; null for none.</param>
/// <param name="RecordPath">Folder for the bytes that cross between nodes; null for none.</param>
internal sealed record DemoOptions(
    IReadOnlyList<string> ScenarioPaths, bool ExitsAtEnd, string? KeepPath, string? RecordPath);
