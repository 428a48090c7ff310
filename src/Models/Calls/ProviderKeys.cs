using System.Text;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Models.Calls;

/// <summary>Reads the keys of providers where the settings say that they are, each time, so that a new one counts at once.</summary>
/// <param name="home">What files are relative to.</param>
internal sealed class ProviderKeys(string home)
{
    private const string Variable = "env:";
    private const string File = "file:";
    private const int Longest = 16 * 1024;

    /// <summary>The key; null if the provider takes none.</summary>
    /// <exception cref="ProviderErrorException">There is none where it should be.</exception>
    public string? Find(ModelProvider provider)
    {
        if (provider.Key is not { } source)
            return null;
        var key = source.StartsWith(Variable, StringComparison.Ordinal)
            ? Environment.GetEnvironmentVariable(source[Variable.Length..])
            : Content(provider, Path.Combine(home, source[File.Length..]));
        key = key?.Trim();
        if (string.IsNullOrEmpty(key) || key.Any(char.IsControl))
            throw new ProviderErrorException(
                FailureKind.Auth,
                $"the key of the provider \"{provider.Name}\" ({source}) is missing or empty"
            );
        return key;
    }

    private static string Content(ModelProvider provider, string path)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            var buffer = new char[Longest];
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProviderErrorException(
                FailureKind.Auth,
                $"the key of the provider \"{provider.Name}\" cannot be read: {error.Message}"
            );
        }
    }
}
