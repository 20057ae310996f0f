using System.Security.Cryptography;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Configuration;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>Makes a new node's folder: keystore, TLS key and certificate, database with its first administrator, the
/// entry for the directory, and the configuration, which is written last and so tells that all the rest is
/// there.</summary>
internal static class NodeSetup
{
    /// <summary>File name of the configuration.</summary>
    public const string ConfigurationFile = "node.json";

    /// <summary>File name of the entry for the directory.</summary>
    public const string EntryFile = "directory-entry.json";

    /// <summary>File name of the first administrator's token.</summary>
    public const string TokenFile = "administrator.token";

    private const int PassphraseSizeBytes = 32;

    /// <summary>Makes the folder.</summary>
    /// <returns>What was made, or a refusal; <see cref="RefusalCode.AlreadyInitialised"/> when a node is
    /// there.</returns>
    public static async Task<Result<NodeSetupResult>> MakeAsync(
        NodeSetupRequest request, TimeProvider time, CancellationToken ct)
    {
        var folder = Path.GetFullPath(request.Folder);
        var options = OptionsOf(request, NodeId.NewRandom());
        var configuration = new NodeConfiguration(
            Path.Combine(folder, ConfigurationFile), options, NodeId.Parse(options.NodeId).Value);
        if (!CheckIsFree(request, configuration).TryGet(out _, out var refusal)
            || !PrivateFiles.MakeFolder(folder).TryGet(out _, out refusal)
            || !EnsurePassphrase(request, configuration).TryGet(out _, out refusal)
            || !MakeKeys(request, configuration).TryGet(out var keys, out refusal))
        {
            return refusal;
        }

        using (keys)
        {
            return await MakeRestAsync(request, configuration, keys, time, ct);
        }
    }

    private static async Task<Result<NodeSetupResult>> MakeRestAsync(
        NodeSetupRequest request,
        NodeConfiguration configuration,
        KeyRing keys,
        TimeProvider time,
        CancellationToken ct)
    {
        var period = CertificatePeriod.From(time.GetUtcNow(), CertificateSetup.DaysDefault);
        var pinned = CertificateSetup.MakeNode(
            configuration.Folder, request.Endpoint.Host, request.AuthorityFolder, period);
        if (!pinned.TryGet(out var pin, out var refusal)
            || !CopyPublicFiles(request, configuration).TryGet(out _, out refusal))
        {
            return refusal;
        }

        var token = await FirstAdministrator.AddAsync(configuration, keys, time, ct);
        if (!token.TryGet(out var text, out refusal))
        {
            return refusal;
        }

        var result = new NodeSetupResult(
            configuration.NodeId.ToString(),
            configuration.File,
            Path.Combine(configuration.Folder, EntryFile),
            Path.Combine(configuration.Folder, TokenFile));
        var entry = EntryOf(request, configuration.NodeId, keys.Identity.Public, pin) with
        {
            Log = LogOf(configuration, keys),
        };
        return PrivateFiles.Write(result.TokenFile, Encoding.ASCII.GetBytes(text + "\n"))
            .Then(_ => PrivateFiles.Write(result.EntryFile, DirectoryEntryFile.Write(entry)))
            .Then(_ => PrivateFiles.Write(result.ConfigFile, NodeConfigurationLoader.Write(configuration.Options)))
            .Then<NodeSetupResult>(_ => result);
    }

    private static NodeOptions OptionsOf(NodeSetupRequest request, NodeId id) => new()
    {
        NodeId = id.ToString(),
        Country = request.Country,
        Keystore = request.PassphraseFile is { } file
            ? new KeystoreOptions { PassphraseFile = Path.GetFullPath(file) }
            : new KeystoreOptions(),
        Listen = new ListenOptions { Address = request.ListenAddress, Port = request.Endpoint.Port },
        Tls = new TlsOptions
        {
            AuthorityFile = request.AuthorityFolder is null ? null : CertificateFiles.AuthorityCertificate,
        },
        Audit = new AuditOptions
        {
            Domain = request.LogDomain ?? new AuditOptions().Domain,
            Witness = request.Kind is NodeKind.FocalPoint,
        },
        Directory = request.DirectoryFile is { } directory
            ? new DirectoryOptions { File = Path.GetFullPath(directory) }
            : new DirectoryOptions(),
    };

    private static DirectoryLog LogOf(NodeConfiguration configuration, KeyRing keys)
    {
        using var log = keys.DeriveNoteKey(configuration.LogOrigin);
        using var witness = keys.DeriveNoteKey(configuration.WitnessName);
        return new DirectoryLog
        {
            LogKey = VerifierKey.OfLog(configuration.LogOrigin, log.Public),
            WitnessKey = configuration.Options.Audit.Witness
                ? VerifierKey.OfWitness(configuration.WitnessName, witness.Public)
                : null,
        };
    }

    private static DirectoryNode EntryOf(
        NodeSetupRequest request, NodeId id, VerifyingKey identity, Digest pin) => new()
    {
        Id = id,
        Country = request.Country,
        Kind = request.Kind,
        Keys = [new DirectoryKey(identity, DirectoryKeyState.Active, null)],
        Pins = [pin],
        Endpoint = request.Endpoint,
    };

    private static string DrawPassphrase() =>
        RandomNumberGenerator.GetHexString(2 * PassphraseSizeBytes, lowercase: true);

    // Before anything is written: a new passphrase over the old one would lock a keystore that is there for good.
    private static Result<Done> CheckIsFree(NodeSetupRequest request, NodeConfiguration configuration)
    {
        List<string> files = [configuration.File, configuration.KeystorePath, configuration.StorePath];
        if (request.PassphraseFile is null)
        {
            files.Add(configuration.PassphrasePath);
        }

        return files.Find(Path.Exists) is { } found
            ? new Refusal(
                RefusalCode.AlreadyInitialised,
                $"{configuration.Folder} holds a node already, or the rest of one: {found}. Nothing was changed.")
            : Done.Instance;
    }

    private static Result<Done> EnsurePassphrase(NodeSetupRequest request, NodeConfiguration configuration) =>
        request.PassphraseFile is null
            ? PrivateFiles.Write(configuration.PassphrasePath, Encoding.ASCII.GetBytes(DrawPassphrase() + "\n"))
            : Done.Instance;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    private static Result<KeyRing> MakeKeys(NodeSetupRequest request, NodeConfiguration configuration)
    {
        if (!Passphrase.Read(configuration.PassphrasePath).TryGet(out var passphrase, out var refusal))
        {
            return refusal;
        }

        try
        {
            var kind = request.PassphraseFile is null ? PassphraseKind.Drawn : PassphraseKind.Chosen;
            return Keystore.Create(configuration.KeystorePath, passphrase, kind);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    private static Result<Done> CopyPublicFiles(NodeSetupRequest request, NodeConfiguration configuration)
    {
        if (request.AuthorityFolder is { } authority
            && !Copy(Path.Combine(authority, CertificateFiles.AuthorityCertificate), configuration.AuthorityPath!)
                .TryGet(out _, out var refusal))
        {
            return refusal;
        }

        return request.DirectoryRootFile is { } root ? Copy(root, configuration.DirectoryRootPath) : Done.Instance;
    }

    private static Result<Done> Copy(string from, string to) =>
        PrivateFiles.ReadPublic(from, PrivateFiles.SecretSizeBytesMax)
            .Then(content => PrivateFiles.Write(to, content));
}
