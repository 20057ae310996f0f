using System.Runtime.InteropServices;

namespace CbssReturn.Sealing.Tests;

/// <summary>The native library that NSec brings, as a second opinion. Tests only.</summary>
internal static class Sodium
{
    static Sodium()
    {
        if (sodium_init() < 0)
        {
            throw new InvalidOperationException("The native library does not start.");
        }
    }

#pragma warning disable IDE1006, SA1300 // The names are the library's own.
    [DllImport("libsodium")]
    public static extern int crypto_kem_xwing_seed_keypair(byte[] pk, byte[] sk, byte[] seed);

    [DllImport("libsodium")]
    public static extern int crypto_kem_xwing_enc_deterministic(byte[] ct, byte[] ss, byte[] pk, byte[] seed);

    [DllImport("libsodium")]
    public static extern int crypto_kem_xwing_dec(byte[] ss, byte[] ct, byte[] sk);

    [DllImport("libsodium")]
    public static extern int crypto_sign_seed_keypair(byte[] pk, byte[] sk, byte[] seed);

    [DllImport("libsodium")]
    public static extern int crypto_sign_detached(byte[] sig, out ulong size, byte[] m, ulong mSize, byte[] sk);

    [DllImport("libsodium")]
    public static extern int crypto_sign_verify_detached(byte[] sig, byte[] m, ulong mSize, byte[] pk);

    [DllImport("libsodium")]
    public static extern int crypto_scalarmult(byte[] q, byte[] n, byte[] p);

    [DllImport("libsodium")]
    public static extern int crypto_aead_chacha20poly1305_ietf_encrypt(
        byte[] c, out ulong cSize, byte[] m, ulong mSize, byte[] ad, ulong adSize, byte[]? nsec, byte[] n, byte[] k);

    [DllImport("libsodium")]
    public static extern int crypto_aead_chacha20poly1305_ietf_decrypt(
        byte[] m, out ulong mSize, byte[]? nsec, byte[] c, ulong cSize, byte[] ad, ulong adSize, byte[] n, byte[] k);

    [DllImport("libsodium")]
    public static extern int crypto_core_ed25519_add(byte[] r, byte[] p, byte[] q);

    [DllImport("libsodium")]
    public static extern int crypto_core_ed25519_is_valid_point(byte[] p);

    [DllImport("libsodium")]
    public static extern void crypto_core_ed25519_scalar_reduce(byte[] r, byte[] s);

    [DllImport("libsodium")]
    public static extern void crypto_core_ed25519_scalar_mul(byte[] z, byte[] x, byte[] y);

    [DllImport("libsodium")]
    public static extern void crypto_core_ed25519_scalar_add(byte[] z, byte[] x, byte[] y);

    [DllImport("libsodium")]
    public static extern int crypto_scalarmult_ed25519_base_noclamp(byte[] q, byte[] n);

    [DllImport("libsodium")]
    private static extern int sodium_init();
#pragma warning restore IDE1006, SA1300
}
