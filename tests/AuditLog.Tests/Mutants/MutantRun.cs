using System.Reflection;
using System.Runtime.Loader;
using CbssReturn.AuditLog.Tests.Crafted;
using CbssReturn.AuditLog.Tests.Notes;

namespace CbssReturn.AuditLog.Tests.Mutants;

/// <summary>Runs the vector tests, and only them, against another build of the room AuditLog.</summary>
internal static class MutantRun
{
    private static readonly Type[] VectorTestClasses =
        [typeof(CraftedVectorTests), typeof(NoteVectorTests), typeof(ProofVectorTests), typeof(VectorTests)];

    /// <summary>Returns the first vector test that fails, or null when all pass.</summary>
    public static async Task<string?> FindFailureAsync(byte[] auditLog)
    {
        var context = new Context(auditLog);
        try
        {
            var tests = context.LoadFromAssemblyPath(typeof(MutantRun).Assembly.Location);
            foreach (var name in VectorTestClasses)
            {
                var type = tests.GetType(name.FullName!, throwOnError: true)!;
                foreach (var method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
                {
                    if (!await PassesAsync(type, method))
                    {
                        return $"{type.Name}.{method.Name}";
                    }
                }
            }

            return null;
        }
        finally
        {
            context.Unload();
        }
    }

    private static async Task<bool> PassesAsync(Type type, MethodInfo method)
    {
        try
        {
            var test = Activator.CreateInstance(type);
            if (method.Invoke(test, null) is Task task)
            {
                await task;
            }

            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Any way to fail is a way to be found: a wrong answer, an exception, a type that cannot be made.
            return false;
        }
    }

    /// <summary>Has these tests once more, beside the build that they are to try.</summary>
    private sealed class Context(byte[] auditLog) : AssemblyLoadContext("mutant", isCollectible: true)
    {
        private Assembly? _auditLog;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name != "CbssReturn.AuditLog")
            {
                return null;
            }

            using var stream = new MemoryStream(auditLog);
            return _auditLog ??= LoadFromStream(stream);
        }
    }
}
