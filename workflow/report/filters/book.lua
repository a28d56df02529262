-- The one filter between the chapters and their two forms, the page and the PDF.

-- Spaces that pandoc's Typst writer turns into nothing valid; and |m| as a pair of bars, which
-- it would set as two relations. A bar of P(x|y) has no partner before the next bracket.
local function mended(tex)
  local spaced = tex:gsub("\\!", ""):gsub("\\;", "\\ ")
  local kept = spaced:gsub("\\left|", "\1"):gsub("\\right|", "\2"):gsub("\\|", "\3")
  local paired = kept:gsub("|([^|()%[%]=,]+)|", "\1%1\2")
  return (paired:gsub("\1", "\\left|"):gsub("\2", "\\right|"):gsub("\3", "\\|"))
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

-- The Typst of one formula without its dollars.
local function formula(math)
  local inline = pandoc.Math("InlineMath", mended(math.text))
  local written = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ inline }) }), "typst")
  return (written:gsub("^%s*%$", ""):gsub("%$%s*$", ""))
end

-- A formula as a Typst call, because PDF/UA asks for a description of each. The
-- semicolon ends the call: a bracket that follows in the prose would continue it.
local function equation(math, number)
  local block = math.mathtype == "DisplayMath"
  local numbering = number and ('numbering: _ => "(' .. number .. ')", ') or ""
  local body = block and ("$ " .. formula(math) .. " $") or ("$" .. formula(math) .. "$")
  return "#math.equation(block: " .. tostring(block) .. ", " .. numbering
    .. "alt: " .. typst_string(math.text) .. ", " .. body .. ".body);"
end

local function numbered_equation(div)
  local math = div.content[1].content[1]
  local number = div.attributes.number
  if FORMAT == "typst" then
    return pandoc.RawBlock("typst", equation(math, number):gsub(";$", "") .. " <" .. div.identifier .. ">")
  end
  div.attributes.number = nil
  div.content = {
    pandoc.Para({ math }),
    pandoc.RawBlock("html", '<span class="eqno">(' .. number .. ")</span>"),
  }
  return div
end

-- The text behind a formula goes on with its sentence: Japanese paragraphs else begin with a space.
local function unindented(blocks)
  for i = 2, #blocks do
    local after = blocks[i - 1].t == "Div" and blocks[i - 1].classes:includes("equation")
    if after and blocks[i].t == "Para" then
      blocks[i].content:insert(1, pandoc.RawInline("typst", "#unindented;"))
    end
  end
  return blocks
end

return {
  { Blocks = function(blocks)
      if FORMAT == "typst" then return unindented(blocks) end
    end },
  -- No figure of the chapter among its claims.
  { Header = function(header)
      if FORMAT == "typst" and header.identifier == "claims" then
        return { pandoc.RawBlock("typst", "#place.flush()"), header }
      end
    end },
  { Div = function(div)
      if div.classes:includes("equation") then return numbered_equation(div) end
    end },
  { Math = function(math)
      if FORMAT == "typst" then return pandoc.RawInline("typst", equation(math)) end
    end },
}
