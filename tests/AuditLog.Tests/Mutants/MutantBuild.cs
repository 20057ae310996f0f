using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CbssReturn.Sealing.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CbssReturn.AuditLog.Tests.Mutants;

/// <summary>Compiles the room AuditLog with one place changed, in memory.</summary>
/// <remarks>The compiler is the one of the SDK. It is loaded from there, so no package is needed.</remarks>
internal sealed class MutantBuild
{
    private const string AssemblyName = "CbssReturn.AuditLog";

    // What the SDK adds to every project, and the door that the project file opens for these tests.
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("AuditLog.Tests")]

        // For mutants: what the platform takes for base64.
        internal static class Loose
        {
            public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
            {
                bytes = new byte[text.Length];
                var isRead = Convert.TryFromBase64Chars(text, bytes, out var count);
                Array.Resize(ref bytes, count);
                return isRead;
            }
        }
        """;

    private static readonly string Folder = Repository.Combine("src", AssemblyName);

    private readonly Dictionary<string, string> _sources = Directory
        .EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText);

    private readonly object _original;

    public MutantBuild()
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable);
        _original = CSharpCompilation.Create(
            AssemblyName,
            [.. _sources.Select(pair => Parse(pair.Value, pair.Key)), Parse(Implicit, string.Empty)],
            References(),
            options);
    }

    /// <summary>Finds how often the old text of a mutant stands in its file; -1 when there is no such file.</summary>
    public int Count(Mutant mutant) => _sources.TryGetValue(mutant.File, out var source)
        ? source.Split(mutant.Old).Length - 1
        : -1;

    /// <summary>Compiles a mutant, or the room as it is.</summary>
    /// <returns>The assembly.</returns>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public byte[] Compile(Mutant? mutant)
    {
        var compilation = (CSharpCompilation)_original;
        if (mutant is not null)
        {
            var old = compilation.SyntaxTrees.Single(tree => tree.FilePath == mutant.File);
            var source = _sources[mutant.File].Replace(mutant.Old, mutant.New, StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(old, Parse(source, mutant.File));
        }

        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        return result.Success
            ? stream.ToArray()
            : throw new InvalidOperationException(string.Join(
                '\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
    }

    [ModuleInitializer]
    internal static void FindCompiler() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
            ? context.LoadFromAssemblyPath(Path.GetFullPath(Path.Combine(CompilerFolder(), name.Name + ".dll")))
            : null;

    private static string CompilerFolder() => typeof(MutantBuild).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "CompilerFolder").Value!;

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(
        source, new CSharpParseOptions(LanguageVersion.CSharp14), path, System.Text.Encoding.UTF8);

    // All that these tests were started with, but the room itself.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name is "CbssReturn.Outcomes" or "CbssReturn.Sealing"))
            .Select(file => MetadataReference.CreateFromFile(file));
}
