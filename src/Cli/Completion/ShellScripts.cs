namespace Aios.Cli.Completion;

/// <summary>The completion scripts. They know nothing themselves: each asks the program that is being typed.</summary>
internal static class ShellScripts
{
    /// <summary>The shells for which there is one.</summary>
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish"];

    /// <summary>The script; null for other shells.</summary>
    public static string? Of(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => null,
        };

    private const string Bash = $$"""
        # Completion of aios for bash: source <(aios completion bash)
        _aios() {
            local word about
            COMPREPLY=()
            while IFS=$'\t' read -r word about; do
                if [[ $word == :files ]]; then
                    compopt -o default
                else
                    COMPREPLY+=("$(printf '%q' "$word")")
                fi
            done < <("${COMP_WORDS[0]}" {{CompleteVerb.Name}} -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        }
        complete -F _aios aios

        """;

    private const string Zsh = $$"""
        #compdef aios
        # Completion of aios for zsh: source <(aios completion zsh), or as _aios in a folder of fpath
        _aios() {
            local -a found
            local word about files
            while IFS=$'\t' read -r word about; do
                if [[ $word == :files ]]; then
                    files=1
                else
                    found+=("${word//:/\\:}${about:+:$about}")
                fi
            done < <("${words[1]}" {{CompleteVerb.Name}} -- "${(@)words[2,CURRENT]}" 2>/dev/null)
            (( $#found )) && _describe -V aios found
            [[ -n $files ]] && _files
            # Nothing found is no mistake, so it rings no bell.
            return 0
        }
        if [[ $funcstack[1] == _aios ]]; then _aios "$@"; else compdef _aios aios; fi

        """;

    private const string Fish = $$"""
        # Completion of aios for fish: aios completion fish > ~/.config/fish/completions/aios.fish
        function __aios_complete
            set -l before (commandline -opc)
            set -l program $before[1]
            set -e before[1]
            set -l current (commandline -ct)
            for line in ($program {{CompleteVerb.Name}} -- $before "$current" 2>/dev/null)
                if test "$line" = ":files"
                    __fish_complete_path "$current"
                else
                    printf '%s\n' $line
                end
            end
        end
        complete -c aios -f -a '(__aios_complete)'

        """;
}
