"""The completion script of each shell; all of them ask `supportq __complete` and show what it says.

A colon breaks words in bash, so that it is given the line and its word breaks, and gets only what follows the break.
"""

BASH = r"""
_supportq() {
    local word _
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        if [[ $word == / ]]; then
            compopt -o default
        else
            COMPREPLY+=("$word")
        fi
    done < <(supportq __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
    if (( ${#COMPREPLY[@]} == 1 )) && [[ ${COMPREPLY[0]} == *[:=] ]]; then
        compopt -o nospace
    fi
}
complete -o nosort -F _supportq supportq
"""

ZSH = r"""
#compdef supportq
_supportq() {
    local word meaning
    local -a plain plainly open openly
    while IFS=$'\t' read -r word meaning; do
        if [[ $word == / ]]; then
            _files
        elif [[ $word == *[:=] ]]; then
            open+=("$word")
            openly+=("$word  $meaning")
        else
            plain+=("$word")
            plainly+=("$word  $meaning")
        fi
    done < <(supportq __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( $#plain )) && compadd -V words -l -d plainly -a plain
    (( $#open )) && compadd -V keys -l -S '' -d openly -a open
    return 0
}
compdef _supportq supportq
"""

FISH = r"""
function __supportq_complete
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    for line in (supportq __complete fish $words 2>/dev/null)
        if string match -q '/*' -- $line
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c supportq -f -k -a '(__supportq_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
