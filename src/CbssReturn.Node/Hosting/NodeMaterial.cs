using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Desk.Audit;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Files;
using CbssReturn.Node.Setup;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Node.Hosting;

/// <summary>What a node needs before it can serve: its data folder, its keys, its certificate, the root it trusts.
/// </summary>
internal sealed class NodeMaterial : IAsyncDisposable
{
    private NodeMaterial(
        KeyRing keys,
        SqliteNodeStore store,
        OwnCertificate certificate,
        X509Certificate2Collection authorities,
        CurrentDirectory directory) =>
        (Keys, Store, Audit, Certificate, Authorities, Directory) =
            (keys, store, store, certificate, authorities, directory);

    /// <summary>The unlocked keystore.</summary>
    public KeyRing Keys { get; }

    /// <summary>The database, locked for this process.</summary>
    public INodeStore Store { get; }

    /// <summary>The audit log, in the same database.</summary>
    public IAuditStore Audit { get; }

    /// <summary>The TLS certificate.</summary>
    public OwnCertificate Certificate { get; }

    /// <summary>Authorities that peers must chain to; empty when the pins alone count.</summary>
    public X509Certificate2Collection Authorities { get; }

    /// <summary>The directory; empty until the file has been looked at.</summary>
    public CurrentDirectory Directory { get; }

    /// <summary>Opens everything.</summary>
    /// <returns>The material, or the first refusal; then nothing stays open.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP001", Justification = "What was opened goes into the material.")]
    public static async Task<Result<NodeMaterial>> OpenAsync(NodeConfiguration configuration, TimeProvider time)
    {
        var folder = PrivateFiles.CheckOwnerOnly(Path.GetDirectoryName(configuration.StorePath)!);
        if (!folder.TryGet(out _, out var refusal)
            || !DirectoryRoot.ReadPublic(configuration.DirectoryRootPath).TryGet(out var root, out refusal)
            || !ReadAuthorities(configuration).TryGet(out var authorities, out refusal)
            || !OwnCertificate.Load(configuration.CertificatePath, configuration.CertificateKeyPath, time)
                .TryGet(out var certificate, out refusal)

            // The data folder is locked before the keystore is read: one process at a time uses it.
            || !(await SqliteNodeStore.OpenAsync(configuration.StorePath, time)).TryGet(out var store, out refusal))
        {
            return refusal;
        }

        if (!Unlock(configuration).TryGet(out var keys, out refusal))
        {
            await store.DisposeAsync();
            return refusal;
        }

        var directory = new CurrentDirectory(root, time, await ReadVersionAsync(store));
        return new NodeMaterial(keys, store, certificate, authorities, directory);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Keys.Dispose();
    }

    private static async Task<ulong> ReadVersionAsync(SqliteNodeStore store) =>
        await store.GetMetaAsync(NoteEvents.DirectoryVersionKey, CancellationToken.None)
            is { Length: sizeof(ulong) } value
            ? BinaryPrimitives.ReadUInt64BigEndian(value.Span)
            : 0;

    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    private static Result<KeyRing> Unlock(NodeConfiguration configuration)
    {
        if (!Passphrase.Read(configuration.PassphrasePath).TryGet(out var passphrase, out var refusal))
        {
            return refusal;
        }

        try
        {
            return Keystore.Open(configuration.KeystorePath, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    private static Result<X509Certificate2Collection> ReadAuthorities(NodeConfiguration configuration)
    {
        var authorities = new X509Certificate2Collection();
        if (configuration.AuthorityPath is not { } path)
        {
            return authorities;
        }

        var read = PrivateFiles.ReadPublic(path, PrivateFiles.SecretSizeBytesMax, RefusalCode.CertificateUnusable);
        if (!read.TryGet(out var content, out var refusal))
        {
            return refusal;
        }

        try
        {
            authorities.ImportFromPem(System.Text.Encoding.ASCII.GetString(content));
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        // An empty list would mean that no authority is asked for.
        return authorities.Count > 0
            ? authorities
            : new Refusal(RefusalCode.CertificateUnusable, $"{path} holds no certificate in PEM form.");
    }
}
