using System.Globalization;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>The environment of an app. What was saved also holds that of the shell, which is no part of the app.</summary>
internal static class Pm2Environment
{
    private static readonly HashSet<string> OfShells = new(StringComparer.Ordinal)
    {
        "_",
        "COLORTERM",
        "DBUS_SESSION_BUS_ADDRESS",
        "DISPLAY",
        "EDITOR",
        "HISTCONTROL",
        "HISTSIZE",
        "HOME",
        "HOSTNAME",
        "LANG",
        "LESSCLOSE",
        "LESSOPEN",
        "LOGNAME",
        "LS_COLORS",
        "MAIL",
        "MOTD_SHOWN",
        "OLDPWD",
        "PAGER",
        "PATH",
        "PWD",
        "SHELL",
        "SHLVL",
        "SUDO_COMMAND",
        "SUDO_GID",
        "SUDO_UID",
        "SUDO_USER",
        "TERM",
        "TMPDIR",
        "USER",
        "WINDOWID",
    };

    private static readonly string[] OfTools =
    [
        "LC_",
        "PM2_",
        "SSH_",
        "XDG_",
        "npm_",
        "NVM_",
        "pm_",
        "axm_",
        "VSCODE_",
        "TMUX",
        "GNOME_",
        "WSL",
    ];

    // PM2 puts its own settings of the app into what it saves.
    private static readonly HashSet<string> OfPm2 = new(StringComparer.Ordinal)
    {
        "unique_id",
        "name",
        "namespace",
        "instances",
        "exec_mode",
        "status",
        "windowsHide",
        "restart_time",
        "unstable_restarts",
        "created_at",
    };

    /// <summary>Its variables; a note names what was left out.</summary>
    public static SortedDictionary<string, string> Of(YamlMap app, ImportedJob job, string place, int instance, bool isSaved)
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var leftOut = new List<string>();
        foreach (var entry in (app.Find("env")?.Value as YamlMap)?.Entries ?? [])
        {
            if (isSaved && IsForeign(entry, app))
                leftOut.Add(entry.Name);
            else if (entry.Value is YamlScalar { IsNull: false } value)
                environment[entry.Name] = value.Text;
            else
                job.Note(place, $"env: {entry.Name} is {entry.Value.Found}, and no text.");
        }

        if (leftOut.Count > 0)
            job.Note(place, $"env: left out, as it is of the shell or of PM2: {string.Join(", ", leftOut)}.");
        var variable = Text(app, "instance_var") ?? "NODE_APP_INSTANCE";
        environment[variable] = Text(app, variable) ?? instance.ToString(CultureInfo.InvariantCulture);
        if (Text(app, "increment_var") is { } counted)
            environment[counted] = Counted(environment.GetValueOrDefault(counted), instance);
        return environment;
    }

    private static string? Text(YamlMap app, string name) =>
        app.Find(name)?.Value is YamlScalar { IsNull: false } value ? value.Text : null;

    private static string Counted(string? first, int instance) =>
        (
            (long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0) + instance
        ).ToString(CultureInfo.InvariantCulture);

    private static bool IsForeign(YamlEntry entry, YamlMap app) =>
        OfShells.Contains(entry.Name)
        || OfPm2.Contains(entry.Name)
        || OfTools.Any(prefix => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
        || entry.Name == (app.Find("name")?.Value as YamlScalar)?.Text
        || entry.Value is not YamlScalar;
}
