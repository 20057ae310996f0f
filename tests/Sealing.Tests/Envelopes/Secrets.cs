using System.Reflection;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing.Tests;

/// <summary>Finds the memory in which an object keeps its secrets, also the library's.</summary>
internal static class Secrets
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<byte[]> Collect(object owner)
    {
        foreach (var field in owner.GetType().GetFields(Fields))
        {
            switch (field.GetValue(owner))
            {
                case SecretBytes secret:
                    yield return BytesOf(secret);
                    break;
                case MlKem768PrivateKey key:
                    var inner = typeof(MlKem768PrivateKey).GetField("_key", Fields)!.GetValue(key)!;
                    yield return (byte[])inner.GetType().GetField("m_seed", Fields)!.GetValue(inner)!;
                    yield return (byte[])inner.GetType().GetField("m_encoding", Fields)!.GetValue(inner)!;
                    break;
            }
        }
    }

    public static byte[] BytesOf(SecretBytes secret) =>
        (byte[])typeof(SecretBytes).GetField("_bytes", Fields)!.GetValue(secret)!;

    public static bool IsZero(byte[] secret) => !secret.AsSpan().ContainsAnyExcept((byte)0);
}
