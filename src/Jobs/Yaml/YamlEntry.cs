namespace Aios.Jobs.Yaml;

/// <summary>One name and its value in a map.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}
