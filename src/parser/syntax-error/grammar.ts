/**
 * Grammar — the policy grammar as data, for the one purpose of explaining syntax errors.
 *
 * It is wider than what the parser accepts: much of it is there to be refused by name. `ERROR` is where recovery may skip text. A name in `<…>`
 * is expanded in place, `X*` and `X?` likewise, `X+` is a rule of its own: which rules exist decides what is expected where.
 *
 * Grammar: Policies
 */
import * as t from '../text/token.ts';

/** The rules a text can be parsed by. */
export type StartRule = 'Policies' | 'Policy' | 'Expr' | 'Ref' | 'Name';

/** Names of terminals; messages list them in the order of these names, not of their friendly forms. */
export const TERMINALS: ReadonlyMap<number, string> = new Map([
  [t.IDENT, 'IDENTIFIER'],
  [t.TRUE, 'TRUE'],
  [t.FALSE, 'FALSE'],
  [t.IF, 'IF'],
  [t.THEN, 'THEN'],
  [t.ELSE, 'ELSE'],
  [t.IN, 'IN'],
  [t.IS, 'IS'],
  [t.LIKE, 'LIKE'],
  [t.HAS, 'HAS'],
  [t.PRINCIPAL, 'PRINCIPAL'],
  [t.ACTION, 'ACTION'],
  [t.RESOURCE, 'RESOURCE'],
  [t.CONTEXT, 'CONTEXT'],
  [t.PERMIT, 'PERMIT'],
  [t.FORBID, 'FORBID'],
  [t.WHEN, 'WHEN'],
  [t.UNLESS, 'UNLESS'],
  [t.NUMBER, 'NUMBER'],
  [t.STRING, 'STRINGLIT'],
  [t.SLOT, 'OTHER_SLOT'],
  [t.AT, '"@"'],
  [t.DOT, '"."'],
  [t.COMMA, '","'],
  [t.SEMICOLON, '";"'],
  [t.COLON, '":"'],
  [t.COLON_COLON, '"::"'],
  [t.LPAREN, '"("'],
  [t.RPAREN, '")"'],
  [t.LBRACE, '"{"'],
  [t.RBRACE, '"}"'],
  [t.LBRACKET, '"["'],
  [t.RBRACKET, '"]"'],
  [t.EQ_EQ, '"=="'],
  [t.NOT_EQ, '"!="'],
  [t.LESS, '"<"'],
  [t.LESS_EQ, '"<="'],
  [t.GREATER, '">"'],
  [t.GREATER_EQ, '">="'],
  [t.OR_OR, '"||"'],
  [t.AND_AND, '"&&"'],
  [t.PLUS, '"+"'],
  [t.MINUS, '"-"'],
  [t.STAR, '"*"'],
  [t.SLASH, '"/"'],
  [t.PERCENT, '"%"'],
  [t.BANG, '"!"'],
  [t.EQ, '"="'],
]);

/** Both slots are one token to the lexer. */
export const SLOT_TERMINALS: ReadonlyMap<string, string> = new Map([
  ['?principal', 'PRINCIPAL_SLOT'],
  ['?resource', 'RESOURCE_SLOT'],
]);

const IDENTIFIERS = 'IDENTIFIER THEN ELSE IN IS LIKE HAS PRINCIPAL ACTION RESOURCE CONTEXT PERMIT FORBID WHEN UNLESS';

/** Left side and alternatives, separated by `|`. */
export const RULES: readonly (readonly [string, string])[] = [
  ['<AnyIdent>', 'CommonIdent | SpecialIdent'],
  ['<Path>', 'CommonIdent | <PathPart>+ <AnyIdent>'],
  ['Policies', 'Policy*'],
  ['Policy', 'Annotation* <AnyIdent> "(" Comma:VariableDef ")" Cond* ";" | ERROR ";"'],
  ['Annotation', '"@" <AnyIdent> | "@" <AnyIdent> "(" Str ")"'],
  ['VariableDef', '<AnyIdent> <OfType>? <Is>? <Ineq>?'],
  ['<OfType>', '":" Name'],
  ['<Is>', 'IS Add'],
  ['<Ineq>', 'RelOp Expr'],
  ['CommonIdent', IDENTIFIERS.replaceAll(' ', ' | ')],
  ['SpecialIdent', 'IF | TRUE | FALSE'],
  ['Cond', '<AnyIdent> "{" Expr "}" | <AnyIdent> "{" "}"'],
  ['Expr', 'Or | IF Expr THEN Expr ELSE Expr | ERROR'],
  ['Or', 'And <OrTail>*'],
  ['<OrTail>', '"||" And'],
  ['And', 'Relation <AndTail>*'],
  ['<AndTail>', '"&&" Relation'],
  ['Relation', 'Add <RelTail>* | Add HAS Add | Add HAS IF MemAccess* | Add LIKE Add | Add IS Add | Add IS Add IN Add'],
  ['<RelTail>', 'RelOp Add'],
  ['RelOp', '"<" | "<=" | ">=" | ">" | "!=" | "==" | "=" | IN'],
  ['AddOp', '"+" | "-"'],
  ['MultOp', '"*" | "/" | "%"'],
  ['Add', 'Mult <AddTail>*'],
  ['<AddTail>', 'AddOp Mult'],
  ['Mult', 'Unary <MultTail>*'],
  ['<MultTail>', 'MultOp Unary'],
  ['Unary', 'Member | <Bangs> Member | <Dashes> Member'],
  ['<Bangs>', '"!" | "!" "!" | "!" "!" "!" | "!" "!" "!" "!" | "!" "!" "!" "!" "!"+'],
  ['<Dashes>', '"-" | "-" "-" | "-" "-" "-" | "-" "-" "-" "-" | "-" "-" "-" "-" "-"+'],
  ['Member', 'Primary MemAccess*'],
  ['MemAccess', '"." <AnyIdent> | "(" Comma:Expr ")" | "[" Expr "]"'],
  ['Primary', 'Literal | Ref | Name | Slot | "(" Expr ")" | "[" Comma:Expr "]" | "{" Comma:RecInit "}"'],
  ['Name', '<Path>'],
  ['<PathPart>', '<AnyIdent> "::"'],
  ['Ref', '<Path> "::" Str | <Path> "::" "{" Comma:RefInit "}"'],
  ['RefInit', '<AnyIdent> ":" Literal'],
  ['RecInit', 'IF ":" Expr | Expr ":" Expr'],
  ['Slot', 'PRINCIPAL_SLOT | RESOURCE_SLOT | OTHER_SLOT'],
  ['Literal', 'TRUE | FALSE | NUMBER | Str'],
  ['Str', 'STRINGLIT'],
];
