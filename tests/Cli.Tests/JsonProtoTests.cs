using System.Text;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Desk.V1;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Tests;

/// <summary>Holds the JSON form to every message of the desk.</summary>
public sealed class JsonProtoTests
{
    // Whole numbers of 64 bits that count something; every other one is a moment.
    private static readonly string[] Counts =
        ["checkpoint_size", "directory_version", "entries_held", "index", "intake_waiting", "sequence", "size"];

    // Whole numbers of 32 bits that are days.
    private static readonly string[] Days = ["epoch_keys_until_day", "expires_day"];

    public static TheoryData<string> Messages => [.. All().Select(message => message.FullName)];

    [Fact]
    public void IsMoment_EveryNumber_IsAMomentOrAKnownCount() => Assert.All(
        Fields().Where(field => field.FieldType == FieldType.UInt64),
        field => Assert.NotEqual(JsonTimes.IsMoment(field), Counts.Contains(field.Name)));

    [Fact]
    public void IsDay_EveryNumber_IsADayOnlyIfKnown() => Assert.All(
        Fields().Where(field => field.FieldType == FieldType.UInt32),
        field => Assert.Equal(Days.Contains(field.Name), JsonTimes.IsDay(field)));

    [Fact]
    public void Codes_EveryEnum_AreReadAsWritten() => Assert.All(
        Fields().Where(field => field.FieldType == FieldType.Enum).Select(field => field.EnumType).Distinct(),
        type => Assert.All(
            JsonCodes.Names(type),
            name => Assert.Equal(name, JsonCodes.Format(type, JsonCodes.Parse(type, name) ?? -1))));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Write_AnyMessage_IsReadAgain(string name)
    {
        var descriptor = All().Single(message => message.FullName == name);

        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var message = Fill(descriptor, new PCG(1, (ulong)seed), 0);
                var read = descriptor.Parser.ParseFrom(ByteString.Empty);

                var result = CaseworkJson.ReadInto(read, Encoding.UTF8.GetBytes(CaseworkJson.Write(message)));

                Assert.True(result.IsOk, result.ToString());
                Assert.Equal(message, read);
            },
            iter: 20);
    }

    private static IMessage Fill(MessageDescriptor descriptor, PCG random, int depth)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(_ => random.Next(3) > 0))
        {
            if (field.FieldType == FieldType.Message && depth == 4)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (var count = random.Next(3); count > 0; count--)
                {
                    list.Add(Value(field, random, depth));
                }
            }
            else if (field.RealContainingOneof?.Accessor.GetCaseFieldDescriptor(message) is null)
            {
                field.Accessor.SetValue(message, Value(field, random, depth));
            }
        }

        return message;
    }

    private static object Value(FieldDescriptor field, PCG random, int depth) => field.FieldType switch
    {
        FieldType.Message => Fill(field.MessageType, random, depth + 1),
        FieldType.String => string.Concat(
            Enumerable.Range(0, (int)random.Next(5)).Select(_ => (char)(random.Next(0x2000) + 1))),
        FieldType.Bool => random.Next(2) == 1,
        FieldType.Bytes => ByteString.CopyFrom(BitConverter.GetBytes(random.Next64())),
        FieldType.Enum => field.EnumType.Values[(int)random.Next((uint)field.EnumType.Values.Count - 1) + 1].Number,
        FieldType.UInt32 => JsonTimes.IsDay(field) ? random.Next(100_000) + 1 : random.Next(uint.MaxValue),
        FieldType.UInt64 => JsonTimes.IsMoment(field) ? random.Next64() % 200_000_000_000 + 1 : random.Next64(),
        FieldType.SInt32 => (int)random.Next(uint.MaxValue),
        _ => throw new NotSupportedException(field.FullName),
    };

    private static IEnumerable<FieldDescriptor> Fields() =>
        All().SelectMany(message => message.Fields.InDeclarationOrder());

    private static HashSet<MessageDescriptor> All()
    {
        var found = new HashSet<MessageDescriptor>();
        foreach (var message in DeskServiceReflection.Descriptor.MessageTypes)
        {
            Add(message, found);
        }

        return found;
    }

    private static void Add(MessageDescriptor message, HashSet<MessageDescriptor> found)
    {
        if (found.Add(message))
        {
            var parts = message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message);
            foreach (var part in parts)
            {
                Add(part.MessageType, found);
            }
        }
    }
}
