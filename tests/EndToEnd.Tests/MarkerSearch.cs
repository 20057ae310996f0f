using System.Text.RegularExpressions;
using System.Text;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.EndToEnd.Tests;

/// <summary>Looks for the marked words of the samples in bytes, in every form in which a leak would show.</summary>
internal static partial class MarkerSearch
{
    /// <summary>Reads the markers of all samples.</summary>
    public static IReadOnlyList<string> MarkersOfSamples() =>
    [
        .. Directory.GetFiles(Repository.Combine("samples"), "*.json")
            .SelectMany(path => Marker().Matches(File.ReadAllText(path)))
            .Select(match => match.Value)
            .Distinct(),
    ];

    /// <summary>Gives every form of a word: UTF-8, UTF-16 in both orders, hex in both cases, base64 and base64url at
    /// the three places where it can begin in a group of three bytes.</summary>
    public static IReadOnlyDictionary<string, byte[]> FormsOf(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        var forms = new Dictionary<string, byte[]>
        {
            ["UTF-8"] = utf8,
            ["UTF-16LE"] = Encoding.Unicode.GetBytes(word),
            ["UTF-16BE"] = Encoding.BigEndianUnicode.GetBytes(word),
            ["hex"] = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)),
            ["HEX"] = Encoding.ASCII.GetBytes(Convert.ToHexString(utf8)),
        };
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Base64At(utf8, shift);
            forms[$"base64+{shift}"] = Encoding.ASCII.GetBytes(text);
            forms[$"base64url+{shift}"] = Encoding.ASCII.GetBytes(text.Replace('+', '-').Replace('/', '_'));
        }

        return forms;
    }

    /// <summary>Searches every file under a folder.</summary>
    /// <returns>What was found: file, form and word.</returns>
    public static IReadOnlyList<string> FindIn(string folder, IReadOnlyList<string> words)
    {
        var needles = words
            .SelectMany(word => FormsOf(word).Select(form => (word, form.Key, form.Value)))
            .DistinctBy(needle => Convert.ToHexString(needle.Value))
            .ToList();
        var found = new List<string>();
        foreach (var path in FilesIn(folder))
        {
            var bytes = File.ReadAllBytes(path);
            found.AddRange(needles
                .Where(needle => bytes.AsSpan().IndexOf(needle.Value) >= 0)
                .Select(needle => $"{Path.GetRelativePath(folder, path)}: {needle.word} as {needle.Key}"));
        }

        return found;
    }

    /// <summary>All files under a folder; sockets and pipes hold nothing.</summary>
    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".sock", StringComparison.Ordinal));

    // The letters that the word alone decides, when it begins shift bytes into a group.
    private static string Base64At(byte[] word, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. word, 0, 0]);
        var first = (shift * 8 + 5) / 6;
        var end = (shift + word.Length) * 8 / 6;
        return text[first..end];
    }

    [GeneratedRegex("qzvx[a-z]{8}")]
    private static partial Regex Marker();
}
