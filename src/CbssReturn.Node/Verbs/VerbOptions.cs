using System.CommandLine;

namespace CbssReturn.Node.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class VerbOptions
{
    /// <summary>A folder that must be named.</summary>
    public static Option<string> Folder(string name, string description) =>
        new(name) { Description = description, Required = true };

    /// <summary>A file that must be named.</summary>
    public static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true };

    /// <summary>A life in days, 1 to <paramref name="max"/>.</summary>
    public static Option<int> Days(int standard, int max)
    {
        var option = new Option<int>("--days")
        {
            Description = $"Life in days, 1 to {max}.",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var days && (days < 1 || days > max))
            {
                result.AddError($"--days must be 1 to {max}.");
            }
        });
        return option;
    }

    /// <summary>Whether to answer with one line of JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Answers with one line of JSON." };
}
