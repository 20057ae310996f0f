namespace CbssReturn.AuditLog.Tests.Mutants;

// Notes, checkpoints, proofs in text, and the witness.
internal static partial class MutantList
{
    private static IEnumerable<Mutant> Notes =>
    [
        new("Notes/StrictDecimal.cs", "            && (text.Length == 1 || text[0] != '0')\n", "", "leading zeros"),
        new(
            "Notes/StrictDecimal.cs",
            "return text.Length is > 0 and <= DigitsMax\n"
            + "            && !text.ContainsAnyExceptInRange('0', '9')\n"
            + "            && (text.Length == 1 || text[0] != '0')\n"
            + "            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);",
            "return long.TryParse(text, CultureInfo.InvariantCulture, out value);",
            "whatever the platform takes for a number"),

        new(
            "Notes/NoteText.cs",
            "Utf8.IsValid(bytes) && HasNoControls(bytes)",
            "Utf8.IsValid(bytes)",
            "control characters"),
        new(
            "Notes/NoteText.cs",
            "character is '+' or < ' ' || char.IsWhiteSpace(character)",
            "character is '+' or <= ' '",
            "spaces of other scripts in names"),
        new("Notes/NoteText.cs", "character is '+' or < ' '", "character is < ' '", "a plus sign in names"),

        new(
            "Notes/VerifierKey.cs",
            "(byte)'\\n', (byte)type, .. key",
            "(byte)type, .. key",
            "key ids without the line feed"),
        new("Notes/VerifierKey.cs", "ReadUInt32BigEndian", "ReadUInt32LittleEndian", "key ids in the other order"),
        new(
            "Notes/VerifierKey.cs",
            "return whole.ToString() == text ? whole : Malformed();",
            "return whole;",
            "a verifier key under the id of another"),
        new(
            "Notes/VerifierKey.cs",
            "            || !Enum.IsDefined((NoteKeyType)key[0]))",
            "            )",
            "keys of types that nothing here can verify"),

        new(
            "Notes/NoteSignature.cs",
            "StrictBase64.TryDecode(rest[(space + 1)..], out var bytes)",
            "Loose.TryDecode(rest[(space + 1)..], out var bytes)",
            "base64 with stray bits in a signature"),
        new(
            "Notes/NoteSignature.cs",
            "            && bytes.Length > sizeof(uint)\n",
            "            && bytes.Length >= sizeof(uint)\n",
            "a signature line without a signature"),
        new(
            "Notes/NoteSignature.cs",
            "if (!line.StartsWith(Prefix))",
            "if (!line.StartsWith(Prefix) && !line.StartsWith(\"- \"))",
            "a hyphen for the em dash"),
        new("Notes/NoteSignature.cs", "|| lines.Count == SignedNote.SignaturesMax", "", "any number of signatures"),
        new("Notes/NoteSignature.cs", "return lines.Count > 0;", "return true;", "a note without a signature line"),

        new(
            "Notes/SignedNote.cs",
            "var split = whole",
            "whole = whole.TrimEnd('\\n') + '\\n';\n        var split = whole",
            "a last line without its line feed, or with more of them"),
        new(
            "Notes/SignedNote.cs",
            "whole.LastIndexOf(\"\\n\\n\", StringComparison.Ordinal)",
            "whole.IndexOf(\"\\n\\n\", StringComparison.Ordinal)",
            "text after the first empty line taken for signatures"),
        new(
            "Notes/SignedNote.cs",
            "whole[..(split + 1)]",
            "whole[..split]",
            "the last line feed is not a part of the text"),
        new(
            "Notes/SignedNote.cs",
            "return verified.Count > 0",
            "return verified.Count >= 0",
            "a note that only unknown keys have signed"),
        new(
            "Notes/SignedNote.cs",
            "keys[(signature.Name, signature.KeyId)]",
            "known.Where(key => key.Name == signature.Name)",
            "a new key of a known name makes the note wrong"),
        new(
            "Notes/SignedNote.cs",
            "keys[(signature.Name, signature.KeyId)]",
            "known.Where(key => key.Id == signature.KeyId)",
            "a signature under another name"),
        new(
            "Notes/SignedNote.cs",
            "                    return new Refusal(\n"
            + "                        RefusalCode.NoteSignatureWrong, $\"The signature of {key.Name} does not "
            + "verify.\");",
            "                    continue;",
            "a wrong signature of a known key beside a right one"),
        new(
            "Notes/SignedNote.cs",
            "return key.Key.VerifyNote(text, signature.Payload.Span);",
            "return key.Key.VerifyNote(text, signature.Payload.Span[..64]);",
            "bytes after a signature"),
        new(
            "Notes/SignedNote.cs",
            "return key.Key.VerifyNote(text, signature.Payload.Span);",
            "return true;",
            "any signature of a log"),

        new(
            "Notes/Cosignature.cs",
            "BinaryPrimitives.ReadUInt64BigEndian(payload)",
            "BinaryPrimitives.ReadUInt64LittleEndian(payload)",
            "the time in the other order"),
        new("Notes/Cosignature.cs", "if (seconds > PosixSecondsMax\n            || ", "if (", "times that do not fit"),
        new(
            "Notes/Cosignature.cs",
            "|| !witness.Key.VerifyNote(Message((long)seconds, text), payload[sizeof(ulong)..])",
            "|| !witness.Key.VerifyNote(text, payload[sizeof(ulong)..])",
            "the time is not signed"),

        new(
            "Notes/Checkpoint.cs",
            "lines is [var origin, var size, var root, \"\"]",
            "lines is [var origin, var size, var root, ..]",
            "extension lines"),
        new(
            "Notes/Checkpoint.cs",
            "StrictBase64.TryDecode(root, out var hash)",
            "Loose.TryDecode(root, out var hash)",
            "base64 with stray bits in a root"),
        new(
            "Notes/Checkpoint.cs",
            "            && IsRootOf(count, Digest.FromBytes(hash))\n",
            "",
            "an empty tree with a root of its own"),

        new(
            "Notes/CheckpointReader.cs",
            "CountWitnesses(verified) >= quorum",
            "CountWitnesses(verified) > quorum",
            "one witness more than was asked for is needed"),
        new(
            "Notes/CheckpointReader.cs",
            "CountWitnesses(verified) >= quorum",
            "CountWitnesses(verified) + 1 >= quorum",
            "one witness less than was asked for is enough"),
        new(
            "Notes/CheckpointReader.cs",
            "verified.Cosignatures.DistinctBy(cosignature => cosignature.Key.Key.Kid).Count()",
            "verified.Cosignatures.Count",
            "one witness under two names counts twice"),
        new(
            "Notes/CheckpointReader.cs",
            "log => log.Key.Name == checkpoint.Origin",
            "log => true",
            "a checkpoint of another log"),
        new(
            "Notes/CheckpointReader.cs",
            "signature.Key.Type == NoteKeyType.Ed25519).ToArray()",
            "true).ToArray()",
            "witnesses in place of the log"),

        new("Notes/ProofText.cs", "public const int HashesMax = 63;", "public const int HashesMax = 64;", "64 hashes"),
        new(
            "Notes/ProofText.cs",
            "StrictBase64.TryDecode(line, out var bytes)",
            "Loose.TryDecode(line, out var bytes)",
            "base64 with stray bits in a hash"),
        new(
            "Notes/ProofText.cs",
            "|| bytes.Length != Digest.SizeBytes)",
            "|| bytes.Length < Digest.SizeBytes)",
            "a hash that is too long"),
        new(
            "Notes/ProofText.cs",
            "            && line[word.Length] == ' ')",
            "            && line[word.Length] is ' ' or '=')",
            "another sign for the space"),
        new("Notes/TlogProof.cs", "            || !header.SequenceEqual(Header)\n", "", "a proof of another version"),
        new(
            "Notes/TlogProof.cs",
            "extra.Length is > 0 and <= ExtraSizeBytesMax",
            "extra.Length <= ExtraSizeBytesMax",
            "a second way to write that there is no extra"),
        new(
            "Notes/TlogProof.cs",
            "InclusionProof.Verify(Index, ",
            "InclusionProof.Verify(Index + 1, ",
            "an index off by one"),
        new(
            "Notes/TlogProof.cs",
            "=>\n"
            + "        InclusionProof.Verify(Index, verified.Checkpoint.Size, leaf, Hashes, verified.Checkpoint.Root)\n"
            + "            .Then<VerifiedCheckpoint>(_ => verified);",
            "=> verified;",
            "the proof is not looked at"),
    ];

    private static IEnumerable<Mutant> Witness =>
    [
        new(
            "Witness/WitnessDecision.cs",
            "logs.Where(log => log.Name == next.Origin)",
            "logs",
            "a log that is unknown here"),
        new(
            "Witness/WitnessDecision.cs",
            "if (!request.Note.Open(keys).TryGet(out _, out var refusal))",
            "Refusal? refusal = null;\n        if (refusal is not null)",
            "a checkpoint that the log has not signed"),
        new(
            "Witness/WitnessDecision.cs",
            "if (request.OldSize > next.Size)",
            "if (request.OldSize > next.Size + 1)",
            "a size that goes back by one has another status"),
        new(
            "Witness/WitnessDecision.cs",
            "if (request.OldSize != size)",
            "if (request.OldSize > size)",
            "a checkpoint that continues an older one"),
        new(
            "Witness/WitnessDecision.cs",
            "if (request.OldSize != size)",
            "if (request.OldSize < size)",
            "a checkpoint that continues one never seen"),
        new(
            "Witness/WitnessDecision.cs",
            "if (next.Size == size && next.Root != root)",
            "if (next.Size == size && next.Root != root && stored is null)",
            "two roots for one size have another status"),
        new(
            "Witness/WitnessDecision.cs",
            "ConsistencyProof.Verify(size, next.Size, root, next.Root, request.Proof)",
            "ConsistencyProof.Verify(size, next.Size, root, next.Root, [.. request.Proof.Take(4)])",
            "hashes after the proof"),
        new(
            "Witness/WitnessDecision.cs",
            "(stored.Size, stored.Root)",
            "(stored.Size, next.Root)",
            "the root that is stored is not looked at"),
    ];
}
