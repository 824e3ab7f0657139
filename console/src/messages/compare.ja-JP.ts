import type { CompareMessages } from './compare.en-US.js';

export const compareJaJp: CompareMessages = {
  title: '取決めの比較',
  open: 'このシナリオで取決めを比較',
  lead: '選んだ場面の情報を各取決めの下で試行回数だけ流し、記録と並べて示します。',
  arrangements: '比較する取決め（1～10件）',
  hypothetical: '仮想',
  seeds: '試行回数',
  strict: '有効期間内かつ対象事項に限る',
  compare: '比較する',
  computing: (seconds) => `計算しています… ${seconds}秒`,
  failures: {
    COMPARE_BUSY: 'ほかの比較を計算中です。数秒後にもう一度実行してください。',
    COMPARE_TOO_LARGE: '一度に計算できる量を超えています。試行回数または取決めを減らしてください。',
  },
  figure: '図',
  saveFigure: 'SVGを保存',
  capitals: '首都別',
  items: '事象別',
  ofItems: (n, total) => `${total}件中${n}件`,
  cities: '試行の中央値。負の値は、避難の呼びかけが最接近より後になることを示します。',
  noText: '呼びかけなし',
  notFlown: 'この飛翔体はモデルの対象外です。',
  basis: { rule: 'モデルの規則', assumed: '仮定', sourced: '出典あり' },
  latency: (least, often, most) => `${least}～${most}秒、最頻${often}秒`,
};
