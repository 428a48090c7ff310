using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Tests.Platform;

/// <summary>JSON of others: texts that .NET cannot hold, depths that it does not read, and mistakes in words.</summary>
public sealed class JsonTests
{
    // Attributes hold UTF-8, and no half of a pair.
    [Fact]
    public void Texts_are_read_with_halves_of_pairs()
    {
        using var document = JsonDocument.Parse("""["a", "caf\udce9", "\ud83d\ude00", "\b\f\n\r\t\"\\\/", "\u00e9"]""");
        Assert.Equal(["a", "caf\udce9", "😀", "\b\f\n\r\t\"\\/", "é"], document.RootElement.EnumerateArray().Select(RawJson.Text));
    }

    [Fact]
    public void A_name_is_read_with_halves_of_pairs()
    {
        using var document = JsonDocument.Parse("""{"plain": 1, "\udce9\"": 2}""");
        Assert.Equal(["plain", "\udce9\""], document.RootElement.EnumerateObject().Select(RawJson.Name));
    }

    [Fact]
    public void A_half_that_stands_alone_is_found()
    {
        (string Text, int Place)[] cases = [("", -1), ("😀", -1), ("a\udce9", 1), ("😀\ud83d", 2), ("\ude00😀", 0)];
        Assert.Equal(cases.Select(one => one.Place), cases.Select(one => RawJson.LoneSurrogate(one.Text)));
    }

    [Theory]
    [InlineData("""{ "a" : [ 1 , { } , [ ] ] , "b" : "x y" , "c" : null }""", """{"a":[1,{},[]],"b":"x y","c":null}""")]
    [InlineData(""" [ "\udce9" , 1e300 ] """, """["\udce9",1e300]""")]
    public void Blanks_between_parts_are_left_out(string json, string expected) => Assert.Equal(expected, RawJson.Compact(json));

    [Theory]
    [InlineData("{}", "{}", "{}")]
    [InlineData("""{"a": 1, "b": 2}""", """{"b": "\udce9", "c": [3]}""", """{"a": 1,"b": "\udce9","c": [3]}""")]
    public void Members_are_laid_over_those_of_the_same_name(string below, string above, string expected) =>
        Assert.Equal(expected, RawJson.LayOver(below, above));

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void Brackets_are_counted_outside_of_texts(int depth, bool isTooDeep)
    {
        var opened = new string('[', depth);
        Assert.Equal(isTooDeep, JsonNesting.IsTooDeep(opened));
        Assert.False(JsonNesting.IsTooDeep($"\"\\\"{opened}\""));
        Assert.False(JsonNesting.IsTooDeep(string.Concat(Enumerable.Repeat("[]", depth))));
    }

    [Theory]
    [InlineData("""{"a": 1""", "it ends at line 1, column 8, before it is complete")]
    [InlineData("{\n 'a': 1}", "found ' at line 2, column 2; JSON has double quotes around texts")]
    [InlineData("[NaN]", "found N at line 1, column 2; JSON knows no NaN and no Infinity, and writes null, true and false")]
    [InlineData("[1,]", "found ] at line 1, column 4; there is a comma before it")]
    [InlineData("[True]", "found T at line 1, column 2; JSON writes null, true and false")]
    [InlineData("""["ü", // no""", "found / at line 1, column 7; JSON has no comments")]
    public void A_mistake_is_said_in_words_with_its_place(string json, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var error = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(bytes).Dispose());
        Assert.Equal(expected, JsonFault.Words(bytes, error));
    }
}
