using System.Xml.Linq;

namespace CbssReturn.Architecture.Tests;

/// <summary>Holds the table of doors (docs/ARCHITECTURE.md) against the project files.</summary>
public sealed class HouseTests
{
    // Room → rooms it may use → packages it may use. A change here is a change of the table and an ADR.
    private static readonly Dictionary<string, (string[] Rooms, string[] Packages)> Doors = new()
    {
        ["Outcomes"] = ([], []),
        ["Casework"] = (["Outcomes"], []),
        ["Contracts"] = ([], ["Google.Protobuf", "Grpc.Core.Api", "Grpc.Tools"]),
        ["Sealing"] = (["Outcomes"], ["BouncyCastle.Cryptography"]),
        ["AuditLog"] = (["Outcomes", "Sealing"], []),
        ["Exchange"] = (["Outcomes", "Casework", "Contracts", "Sealing", "AuditLog"], []),
        ["Storage"] = (
            ["Outcomes", "Casework", "Sealing", "AuditLog"],
            ["Microsoft.Data.Sqlite", "dbup-core", "dbup-sqlite"]),
        ["Conformance"] = (["Outcomes", "Sealing", "AuditLog"], []),
        ["Desk"] = (["Outcomes", "Casework", "Sealing", "AuditLog", "Exchange", "Storage"], []),
        ["Node"] = (
            ["Outcomes", "Casework", "Contracts", "Sealing", "AuditLog", "Exchange", "Storage", "Desk"],
            [
                "Grpc.AspNetCore.Server", "Grpc.HealthCheck", "Grpc.Net.Client", "Grpc.StatusProto",
                "System.CommandLine",
            ]),
        ["Auditor"] = (
            ["Outcomes", "Contracts", "Sealing", "AuditLog"],
            ["Grpc.Net.Client", "System.CommandLine"]),
        ["Cli"] = (
            [
                "Outcomes", "Casework", "Contracts", "Conformance", "Sealing", "AuditLog", "Node (program)",
                "Auditor (program)",
            ],
            ["Grpc.Net.Client", "Grpc.StatusProto", "Spectre.Console", "System.CommandLine"]),
    };

    // Packages that nobody may see through a neighbour.
    private static readonly string[] WalledPackages = ["BouncyCastle.Cryptography", "Microsoft.Data.Sqlite", "Npgsql"];

    public static TheoryData<string> Rooms => [.. Doors.Keys];

    [Fact]
    public void Rooms_OnDisk_AreThoseOfTheTable()
    {
        var onDisk = Directory.GetDirectories(RepositoryRoot.Combine("src"))
            .Select(folder => Path.GetFileName(folder)["CbssReturn.".Length..])
            .Order();

        Assert.Equal(Doors.Keys.Order(), onDisk);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Doors_OfARoom_AreThoseOfTheTable(string room)
    {
        var project = LoadProject(room);

        var rooms = project.Descendants("ProjectReference").Select(RoomOf);

        Assert.Equal(Doors[room].Rooms.Order(), rooms.Order());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Packages_OfARoom_AreThoseOfTheTable(string room)
    {
        var project = LoadProject(room);

        var packages = project.Descendants("PackageReference").Select(package => (string?)package.Attribute("Include"));

        Assert.Equal(Doors[room].Packages.Order(), packages.Order());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void WalledPackages_InARoom_EndThere(string room)
    {
        var walled = LoadProject(room).Descendants("PackageReference")
            .Where(package => WalledPackages.Contains((string?)package.Attribute("Include")));

        Assert.All(walled, package => Assert.Equal("compile", (string?)package.Attribute("PrivateAssets")));
    }

    [Fact]
    public void BouncyCastle_InSourceText_StandsInSealingOnly() => AssertUsedOnlyIn("Org.BouncyCastle", "Sealing");

    [Fact]
    public void Sqlite_InSourceText_StandsInStorageOnly() => AssertUsedOnlyIn("Microsoft.Data.Sqlite", "Storage");

    [Fact]
    public void AspNetCore_InSourceText_StandsInNodeOnly() => AssertUsedOnlyIn("Microsoft.AspNetCore", "Node");

    [Fact]
    public void GeneratedTypes_InSourceText_StopAtExchangeAndThePrograms() =>
        AssertUsedOnlyIn("CbssReturn.Contracts", "Exchange", "Node", "Auditor", "Cli", "Contracts");

    [Fact]
    public void Casework_InSourceText_HasNoInputOutputAndNoClock()
    {
        string[] forbidden = ["System.IO", "System.Net", "TimeProvider", "File.", "Console.", "Environment."];

        var breaches = SourceFiles("Casework")
            .SelectMany(file => forbidden.Where(File.ReadAllText(file).Contains).Select(word => $"{file}: {word}"));

        Assert.Empty(breaches);
    }

    private static void AssertUsedOnlyIn(string word, params string[] rooms)
    {
        var breaches = Doors.Keys.Except(rooms)
            .SelectMany(SourceFiles)
            .Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal));

        Assert.Empty(breaches);
    }

    private static IEnumerable<string> SourceFiles(string room) =>
        Directory.EnumerateFiles(
            RepositoryRoot.Combine("src", "CbssReturn." + room), "*.cs", SearchOption.AllDirectories);

    private static XDocument LoadProject(string room) =>
        XDocument.Load(RepositoryRoot.Combine("src", "CbssReturn." + room, $"CbssReturn.{room}.csproj"));

    private static string RoomOf(XElement reference)
    {
        var name = Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)["CbssReturn.".Length..];
        return (string?)reference.Attribute("ReferenceOutputAssembly") == "false" ? name + " (program)" : name;
    }
}
